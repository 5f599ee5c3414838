"""The style that all pages share: colours light and dark, the reader's own fonts, what every element begins with."""

from __future__ import annotations

PAGE_STYLE = """
:root{color-scheme:light dark;--desk:#f0f1ee;--paper:#fff;--ink:#15191e;--ink2:#49515a;--rule:#c9ced4;--hair:#e4e7ea;
--fill:#33506e;--you:#0a4f8f;--edge:#8a939d;--ok:#17663a;--no:#9c1f16;--acc:#754a00;--tst:#0a4f8f;--unk:#565e67;
--sans:-apple-system,"Segoe UI","Helvetica Neue",Arial,"PingFang SC","Hiragino Sans GB","Microsoft YaHei",
"Noto Sans CJK SC","Source Han Sans SC",sans-serif;
--mono:ui-monospace,SFMono-Regular,Consolas,"Liberation Mono","Noto Sans Mono CJK SC",monospace}
@media screen and (prefers-color-scheme:dark){:root{--desk:#0f1215;--paper:#171b20;--ink:#eceff2;--ink2:#b6bec7;
--rule:#3d454e;--hair:#2a3138;--fill:#8fb2d6;--you:#8ec1f2;--edge:#7d8791;--ok:#7fd0a0;--no:#ff9a8f;--acc:#e2b35e;
--tst:#8ec1f2;--unk:#b6bec7}}
*{box-sizing:border-box}
html{font-size:16px;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--desk);color:var(--ink);font:.9375rem/1.6 var(--sans);
font-variant-numeric:tabular-nums lining-nums;overflow-wrap:break-word}
:lang(zh){line-break:strict}
h1,h2,h3,p,ul,ol,figure,table{margin:0;padding:0}
h1,h2,h3{line-height:1.3;font-weight:650;text-wrap:balance}
table{border-collapse:collapse;width:100%}
th{font-weight:400;text-align:left}
.n{text-align:right}
code{font-family:var(--mono);font-size:.92em;overflow-wrap:anywhere}
a{color:var(--you);text-underline-offset:.18em}
:focus-visible{outline:2px solid var(--you);outline-offset:2px}
svg{display:block}
svg text{font-family:var(--sans);font-variant-numeric:tabular-nums;fill:var(--ink2)}
"""
