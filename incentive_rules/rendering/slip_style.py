"""The style of a slip: one sheet of A4 on paper, and rows that become blocks on a phone."""

from __future__ import annotations

from .page_style import PAGE_STYLE

SLIP_STYLE = PAGE_STYLE + """.sheet{background:var(--paper);max-width:60rem;margin:2rem auto;padding:2.25rem 3rem 2rem;
border:1px solid var(--hair)}
.demo{border:1px solid var(--edge);border-left-width:.3rem;padding:.2rem .75rem;font-size:.8125rem;margin-bottom:1rem}
.head{display:flex;justify-content:space-between;align-items:baseline;gap:.3rem 2rem;flex-wrap:wrap;
border-bottom:2px solid var(--ink);padding-bottom:.5rem}
.head h1{font-size:1.375rem}.head p{font-size:.8125rem;color:var(--ink2)}
.top{display:grid;grid-template-columns:minmax(0,1.25fr) minmax(0,1fr);gap:1rem 3rem;padding:1rem 0;
border-bottom:1px solid var(--rule)}
.who{font-weight:650}.who span{font-weight:400;color:var(--ink2);margin-left:.75rem}
.lab{font-size:.8125rem;color:var(--ink2)}
.net{font-size:2.6rem;line-height:1.15;font-weight:650}
.net small{font-size:.4em;font-weight:400;margin-right:.3em;color:var(--ink2)}
.sum{display:flex;flex-wrap:wrap;gap:.1rem .5rem;font-size:.875rem;color:var(--ink2);margin-top:.3rem}
.sum b{color:var(--ink);font-weight:650}
.grade{margin-bottom:.35rem}.grade b{font-size:1.75rem;line-height:1.15;font-weight:650;margin-right:.6rem}
.grade:nth-of-type(n+2) b{font-size:1.125rem}
.grade span,.grade small{font-size:.8125rem;color:var(--ink2)}.grade small{display:block}.grade strong{color:var(--ink)}
section{padding-top:.9rem}
h2{font-size:.9375rem;margin-bottom:.25rem;display:flex;flex-wrap:wrap;justify-content:space-between;align-items:baseline;
gap:.1rem 1rem}
h2 span{font-weight:400;font-size:.75rem;color:var(--ink2)}
thead th{font-size:.75rem;color:var(--ink2);border-bottom:1px solid var(--rule);padding:.1rem .6rem .2rem 0;
vertical-align:bottom}
td,tbody th{padding:.13rem .6rem .13rem 0;border-bottom:1px solid var(--hair);vertical-align:baseline;
font-size:.8438rem}
th:last-child,td:last-child{padding-right:0}
.n{white-space:nowrap}
.g th,.g td{font-weight:650;border-bottom-color:var(--rule)}.g .m{font-weight:400}
.m,.q{color:var(--ink2)}
.d1 th{padding-left:.9rem}.d2 th{padding-left:1.8rem}.d3 th{padding-left:2.7rem}.d4 th{padding-left:3.6rem}
.note td{color:var(--ink2);font-size:.7813rem}
.bar{width:22%;vertical-align:middle}.bar svg{width:100%;height:.56rem}
.bar .k{fill:var(--hair);stroke:var(--edge);stroke-width:.6;vector-effect:non-scaling-stroke}.bar .f{fill:var(--fill)}
.miss .k{fill:none;stroke-dasharray:3 2}
.tot th,.tot td{border-top:2px solid var(--ink);border-bottom:0;font-weight:650}
.pay tbody th{width:9.5rem}
.how{color:var(--ink2);font-size:.7813rem;line-height:1.45}
.how p{display:inline}.how p+p::before{content:" "}.how .w{display:block}
.facts{list-style:none;columns:2;column-gap:3rem;font-size:.7813rem;line-height:1.45;color:var(--ink2)}
.brief{columns:auto}.brief li{display:inline}.brief li+li::before{content:" · "}
.facts li{break-inside:avoid}.facts b{font-weight:650;color:var(--ink)}
.foot{display:grid;grid-template-columns:1.6fr 1fr;gap:0 3rem;border-top:1px solid var(--rule);margin-top:.9rem;
padding-top:.5rem;font-size:.75rem;line-height:1.5;color:var(--ink2)}
.foot h2{font-size:.8125rem;color:var(--ink)}.foot ul{list-style:none}
.foot code{overflow-wrap:anywhere}
.next{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));border:1px solid var(--rule);list-style:none;
margin:0;padding:0}
.next li{padding:.35rem .7rem;border-left:1px solid var(--hair);display:flex;flex-direction:column;font-size:.75rem;
line-height:1.4;color:var(--ink2)}
.next li:first-child{border-left:0}.next b{color:var(--ink);font-weight:650}
.next .c{font-size:1rem;font-weight:650;color:var(--ink);margin-top:auto;padding-top:.15rem}
.next .up{text-decoration:underline;text-underline-offset:.2em}
.kept{font-size:.75rem;color:var(--ink2);padding-top:.5rem}
.list td{padding:.3rem .6rem .3rem 0}
@media screen and (max-width:46rem){
.sheet{margin:0;border:0;padding:1rem 1.1rem 1.5rem}
.top,.foot{grid-template-columns:minmax(0,1fr);gap:.75rem}.facts{columns:1}
.ind thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.ind tr{display:grid;grid-template-columns:minmax(0,1fr) 4.8rem 3.4rem 5rem;border-bottom:1px solid var(--hair);
padding:.3rem 0}
.ind td,.ind th{border:0;padding:0}.ind tbody th{grid-column:1;grid-row:1;padding-left:0}
.ind .n{grid-row:1}.ind .m{grid-column:1/-1;grid-row:2}.ind .bar{grid-column:1/-1;grid-row:3;width:auto}
.ind .m:empty,.ind .bar:empty{display:none}.ind .note td{grid-column:1/-1}
.pay tr{display:grid;grid-template-columns:minmax(0,1fr) auto;border-bottom:1px solid var(--hair);padding:.3rem 0}
.pay td,.pay th,.pay tbody th{border:0;padding:0;width:auto}.pay .n{grid-column:2;grid-row:1}
.pay .how{grid-column:1/-1;grid-row:2}
.pay thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.pay .tot{border-top:2px solid var(--ink);border-bottom:0}
}
@media print{@page{size:A4;margin:9mm 13mm 8mm}
:root{--desk:#fff;--paper:#fff;--ink:#000;--ink2:#333;--rule:#888;--hair:#ccc;--fill:#333;--edge:#666}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
html{font-size:10.3px}html:has(.next){font-size:9.7px}.sheet{max-width:none;margin:0;padding:0;border:0}
.top{padding:.6rem 0}section{padding-top:.55rem}.foot{margin-top:.55rem}
td,tbody th{padding-top:.07rem;padding-bottom:.07rem}tr,li,.foot{break-inside:avoid}}
"""
