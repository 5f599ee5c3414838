"""The style of the page about promises: light and dark, wide and narrow, on screen and on paper."""

from __future__ import annotations

from .page_style import PAGE_STYLE

STYLE = PAGE_STYLE + """.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:1rem;background:var(--paper);padding:.5rem 1rem}
.page{background:var(--paper);max-width:70rem;margin:2rem auto;padding:2.75rem 3.5rem 3rem;border:1px solid var(--hair)}
.head{border-bottom:2px solid var(--ink);padding-bottom:.7rem;display:flex;flex-wrap:wrap;justify-content:space-between;
align-items:baseline;gap:.25rem 2rem}
.head h1{font-size:1.625rem}
.head p,.demo{font-size:.8125rem;color:var(--ink2)}
.demo{margin-top:.6rem}
.lead{font-size:1.1875rem;line-height:1.65;max-width:52rem;margin:1.5rem 0 1.25rem;text-wrap:pretty}
.lead b{font-weight:650}
.tally{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));list-style:none;
border-top:1px solid var(--rule);border-bottom:1px solid var(--rule)}
.tally li{padding:.7rem 1rem .75rem 0}
.tally strong{font-size:1.75rem;line-height:1.2;font-weight:650;margin-right:.5rem}
.tally p{font-size:.8125rem;line-height:1.5;color:var(--ink2);margin-top:.15rem}
.b{display:inline-flex;align-items:center;gap:.4em;white-space:nowrap;font-weight:650;font-size:.875rem}
.ic{flex:none;width:1.05em;height:1.05em}
.ic .on{stroke:var(--paper)}
.refuted{color:var(--no)}.unknown,.inconclusive,.none{color:var(--unk)}.tested{color:var(--tst)}
.accepted{color:var(--acc)}.proved{color:var(--ok)}
section{margin-top:2.75rem}
h2{font-size:1.25rem;margin-bottom:.35rem}
h3{font-size:.9375rem;margin-top:.6rem}
.sub{color:var(--ink2);max-width:46rem;margin-bottom:.9rem;text-wrap:pretty}
thead th{font-size:.8125rem;color:var(--ink2);border-bottom:1px solid var(--ink);padding:.25rem 1rem .3rem 0;
vertical-align:bottom}
td,tbody th{padding:.6rem 1rem .6rem 0;border-bottom:1px solid var(--hair);vertical-align:top}
td:last-child,th:last-child{padding-right:0}
.v thead th:first-child{width:8rem}
.v thead th:nth-child(2){width:32%}
.v tbody th{font-weight:600}
small{display:block;font-weight:400;font-size:.8125rem;color:var(--ink2);line-height:1.45}
.m thead th:first-child{width:28%}
.m .n{white-space:nowrap}
.m tbody th{font-weight:600}
.m details{margin-top:.35rem}
.why{font-size:.875rem;color:var(--ink2);line-height:1.6}
.why ul{padding-left:1.1rem}
.why>p{margin-bottom:.15rem}
.pairgrid{display:grid;grid-template-columns:minmax(0,1.9fr) minmax(0,1fr);gap:2rem 3rem;align-items:start}
.pair td,.pair tbody th{padding:.32rem 1rem .32rem 0;vertical-align:baseline}
.pair td:last-child,.pair th:last-child{padding-right:0}
.pair .st th{font-weight:650;padding:.85rem 0 .2rem;border-bottom:1px solid var(--rule)}
.pair tbody th{padding-left:1.5rem}
.pair .st i{font-style:normal;display:inline-block;width:1.5rem;color:var(--ink2);font-weight:400}
.pair .st th{padding-left:0}
.pair thead th.n{color:var(--ink);font-weight:600}
.pair .key td,.pair .key th{font-weight:650}
.down{color:var(--no);font-weight:650;white-space:nowrap}
.up{color:var(--ink2);white-space:nowrap}
.side{font-size:.9063rem;line-height:1.7}
.side h3{font-size:.9375rem;margin:1.1rem 0 .2rem}
.side h3:first-child{margin-top:0}
.side p,.side li{color:var(--ink2)}
.side ul{padding-left:1.1rem}
details{margin-top:1.25rem;font-size:.8125rem}
summary{cursor:pointer;color:var(--you)}
.wide{overflow-x:auto}
.world{width:auto;margin:.5rem 0 1rem}
.world caption{text-align:left;color:var(--ink2);padding-bottom:.2rem}
.world td,.world th{padding:.15rem 1rem .15rem 0;white-space:nowrap}
.world .moved{font-weight:650;color:var(--ink);text-decoration:underline;text-underline-offset:.2em}
.multi{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:1.75rem 2.25rem}
.multi figure{break-inside:avoid}
.multi h3{margin-top:0}
.multi h3 small{font-size:.75rem}
.multi svg{width:100%;height:auto;margin:.15rem 0 .2rem}
figcaption{font-size:.8125rem;line-height:1.5;color:var(--ink2)}
figcaption b{color:var(--ink);font-weight:600}
.gl{stroke:var(--hair);stroke-width:1}
.pl{stroke:var(--fill);stroke-width:2.6;fill:none}
.dot{fill:var(--fill)}
.cl{stroke:var(--no);stroke-width:1.6;stroke-dasharray:3 2.5;fill:none}
.ax{stroke:var(--edge);stroke-width:1;fill:none}
svg text.yl{font-size:10px;text-anchor:end}
svg text.xl{font-size:10px}
svg text.at{fill:var(--ink);font-weight:600}
svg text.cv{font-size:11px;font-weight:650;fill:var(--no)}
.here{fill:var(--paper);stroke:var(--ink);stroke-width:2}
.keyline{display:flex;flex-wrap:wrap;gap:.2rem 1.75rem;font-size:.8125rem;color:var(--ink2);margin:0 0 1.25rem;
list-style:none}
.keyline svg{display:inline-block;vertical-align:-.15em;margin-right:.4rem}
.note{font-size:.8125rem;color:var(--ink2);border-top:1px solid var(--rule);padding-top:.75rem;margin-top:2.5rem}
@media screen and (max-width:56rem){.page{margin:0;border:0;padding:1.25rem 1.1rem 2rem}
.pairgrid{grid-template-columns:minmax(0,1fr)}.multi{grid-template-columns:repeat(2,minmax(0,1fr));gap:1.5rem}
.tally{grid-template-columns:1fr}.tally li{border-top:1px solid var(--hair);padding:.5rem 0;display:grid;
grid-template-columns:9.5rem minmax(0,1fr)}.tally li:first-child{border-top:0}.tally strong{font-size:1.25rem}}
@media screen and (max-width:40rem){.multi{grid-template-columns:minmax(0,1fr)}.lead{font-size:1.0625rem}
.v thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
.v tr{display:block;padding:.7rem 0;border-bottom:1px solid var(--hair)}
.v td,.v tbody th{display:block;border:0;padding:0;width:auto}
.v tbody th{margin:.15rem 0}
.v .n{text-align:left}
.v td.n:not(:empty)::before{content:attr(data-head) "  ";color:var(--ink2)}
.pair td,.pair tbody th{padding-right:.5rem;font-size:.8125rem}.pair tbody th{padding-left:0}
.pair .st i{width:1.1rem}}
@media print{@page{size:A4;margin:13mm 14mm}
:root{--desk:#fff;--paper:#fff;--ink:#000;--ink2:#333;--rule:#888;--hair:#ccc;--fill:#333;--you:#000;--edge:#666;
--ok:#000;--no:#000;--acc:#000;--tst:#000;--unk:#000}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
html{font-size:12px}body{background:#fff}a{color:inherit;text-decoration:none}
.noprint,.skip,details{display:none}.page{max-width:none;margin:0;padding:0;border:0}
section{margin-top:1.6rem}tr,li,figure{break-inside:avoid}h2,h3,.st,.sub{break-after:avoid}
.multi{gap:.65rem 1.6rem}.sub,.lead{max-width:none}.lead{margin:1rem 0}.pairgrid{gap:1.5rem 2rem}
.pair td,.pair tbody th{padding-top:.22rem;padding-bottom:.22rem}}
"""
