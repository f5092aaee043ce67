import Mustache from 'mustache';
import { type Bar, chartOf } from './chart.ts';
import type { PageContent } from './content.ts';

const CHART = { width: 640, height: 170 };
const LEFT = 90;
const BELOW = 26;

/** The page asks for nothing from anywhere: styles and picture stand in it. */
const TEMPLATE = `<!doctype html>
<html lang="{{language}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{words.bill}} {{cycle}} · {{partner}}</title>
<style>
:root { color-scheme: light; --ink: #1b2430; --pale: #5f6b7a; --line: #dfe4ea; --bar: #2f6fb3; --below: #b3472f; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.5rem 3rem; max-width: 60rem; color: var(--ink); background: #fff;
  font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
h1 { margin: 0; font-size: 1.7rem; } h2 { margin: 2.2rem 0 .6rem; font-size: 1.1rem; }
.partner { margin: .2rem 0 1.2rem; color: var(--pale); font-size: 1.05rem; }
.top { display: flex; flex-wrap: wrap; gap: 1.5rem 3rem; align-items: flex-start; }
dl { display: grid; grid-template-columns: max-content auto; gap: .25rem 1.2rem; margin: 0; }
dt { color: var(--pale); } dd { margin: 0; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
.sums { flex: 1 1 22rem; } .sums dd { text-align: end; } .sums dl { grid-template-columns: auto max-content; }
.strong { font-weight: 650; }
th, td { padding: .32rem .4rem; border-bottom: 1px solid var(--line); text-align: end; vertical-align: top; }
th:first-child, td:first-child { text-align: start; overflow-wrap: anywhere; min-width: 11rem; }
td:not(:first-child) { white-space: nowrap; }
thead th { color: var(--pale); font-weight: 600; border-bottom-color: var(--pale); }
.total td, .section td { font-weight: 650; } .block td { color: var(--pale); font-size: .93em; } .block td:first-child { padding-inline-start: 1.6rem; }
.note { color: var(--pale); font-weight: 400; font-size: .88em; display: block; }
figure { margin: 0; } svg { width: 100%; height: auto; } svg text { font-size: 11px; fill: var(--pale); }
.wide { overflow-x: auto; } footer { margin-top: 2rem; color: var(--pale); font-size: .9em; }
@media print { body { max-width: none; padding: 0; font-size: 9pt; } table { font-size: 6.8pt; } th, td { padding: .2rem .25rem; } th:first-child, td:first-child { min-width: 7rem; } .wide { overflow: visible; } thead { display: table-header-group; } tr, figure, .top { break-inside: avoid; } @page { margin: 16mm; } }
</style>
</head>
<body>
<main>
<h1>{{words.bill}} {{cycle}}</h1>
<p class="partner"><bdi>{{partner}}</bdi></p>
<div class="top">
<dl>{{#facts}}<dt>{{label}}</dt><dd>{{text}}</dd>{{/facts}}</dl>
<section class="sums" aria-label="{{words.summary}}"><dl>{{#sums}}<dt{{#strong}} class="strong"{{/strong}}>{{label}}</dt><dd{{#strong}} class="strong"{{/strong}}>{{amount}}</dd>{{/sums}}</dl></section>
</div>
<h2>{{words.months}} ({{currency}})</h2>
<figure>
<svg viewBox="0 0 {{svg.width}} {{svg.height}}" role="img" aria-label="{{words.months}}">
{{#svg.ticks}}<line x1="{{left}}" x2="{{right}}" y1="{{y}}" y2="{{y}}" stroke="#dfe4ea"/><text x="{{at}}" y="{{textY}}" text-anchor="end">{{text}}</text>{{/svg.ticks}}
{{#svg.bars}}<rect x="{{x}}" y="{{y}}" width="{{width}}" height="{{height}}" fill="{{fill}}"><title>{{title}}</title></rect><text x="{{middle}}" y="{{labelY}}" text-anchor="middle">{{label}}</text>{{/svg.bars}}
<line x1="{{svg.left}}" x2="{{svg.width}}" y1="{{svg.zero}}" y2="{{svg.zero}}" stroke="#5f6b7a"/>
</svg>
</figure>
{{#tables}}
<h2>{{title}}</h2>
<div class="wide"><table>
<thead><tr><th>{{first}}</th>{{#columns}}<th>{{.}}</th>{{/columns}}</tr></thead>
<tbody>
{{#rows}}<tr class="{{kind}}"><td><bdi>{{name}}</bdi>{{#note}}<span class="note"><bdi>{{note}}</bdi></span>{{/note}}</td>{{#amounts}}<td>{{.}}</td>{{/amounts}}</tr>
{{/rows}}
</tbody></table></div>
{{/tables}}
</main>
<footer>{{words.exactNote}}</footer>
</body>
</html>
`;

export function toHtml(content: PageContent): string {
  const { words, products, customers, columns } = content;
  return Mustache.render(TEMPLATE, {
    ...content,
    cycle: content.months.at(-1)?.cycle,
    facts: content.facts.map(([label, text]) => ({ label, text })),
    svg: svgOf(content),
    tables: [
      { title: words.byProduct, first: words.product, columns, rows: products.map(shown) },
      { title: words.byCustomer, first: words.customer, columns, rows: customers.map(shown) },
    ],
  });
}

/** Mustache looks for what is missing in the rows above. */
const shown = (row: PageContent['products'][number]) => ({ ...row, note: row.note ?? '' });

function svgOf({ months, money, words }: PageContent) {
  const chart = chartOf(months, { width: CHART.width - LEFT, height: CHART.height });
  const TOP = 8;
  const place = (length: number): string => length.toFixed(1);
  const titleOf = (i: number): string => {
    const amount = months[i]?.amount;
    return `${months[i]?.cycle}: ${amount === undefined ? words.noBill : money(amount)}`;
  };
  return {
    width: CHART.width,
    height: CHART.height + BELOW + TOP,
    left: LEFT,
    zero: place(chart.zero + TOP),
    ticks: chart.ticks.map(({ y, amount }) => ({
      ...{ left: LEFT, right: CHART.width, at: LEFT - 8 },
      ...{ y: place(y + TOP), textY: place(y + TOP + 4), text: money(amount) },
    })),
    bars: chart.bars.map((bar, i) => ({
      ...{ x: place(bar.x + LEFT), y: place(bar.y + TOP), width: place(bar.width), height: place(bar.height) },
      ...{ fill: colorOf(bar), title: titleOf(i), label: bar.cycle.slice(2) },
      ...{ middle: place(bar.x + LEFT + bar.width / 2), labelY: CHART.height + TOP + 18 },
    })),
  };
}

export const colorOf = ({ negative }: Bar): string => (negative ? '#b3472f' : '#2f6fb3');
