import type { Content } from 'pdfmake';
import type { SectionOf } from '../../domain/document/document.ts';
import { drawChart } from './chart.ts';
import { formatValue } from './format.ts';
import { heading, type Style } from './style.ts';

const barHeight = 22;
const namesWidth = 190;
const textColor = '#344054';
/** Of a name in two lines. */
const mostCharacters = 70;

/** A bar for each, the longest first, with its name and value. */
export function barsContent(section: SectionOf<'BARS'>, style: Style): Content {
  const { bars, title } = section;
  if (bars.length === 0) return [];
  const { width, locale, accentColor } = style;
  const option = {
    color: [accentColor],
    grid: { left: namesWidth, right: 90, top: 4, bottom: 4 },
    xAxis: { type: 'value', show: false },
    yAxis: {
      ...{ type: 'category', inverse: true, data: bars.map(({ name }) => shorten(name)) },
      ...{ axisLine: { show: false }, axisTick: { show: false } },
      axisLabel: {
        ...{ fontSize: 9, lineHeight: 10, color: textColor },
        ...{ width: namesWidth - 12, overflow: 'break' },
      },
    },
    series: [
      {
        ...{ type: 'bar', barWidth: 12, data: bars.map(({ value }) => Number(value)) },
        label: {
          ...{ show: true, position: 'right', fontSize: 9, color: textColor },
          formatter: ({ dataIndex }: { dataIndex: number }) =>
            formatValue(bars[dataIndex]?.value ?? null, section, locale),
        },
      },
    ],
  };
  const height = bars.length * barHeight + 8;
  return {
    unbreakable: true,
    stack: [heading(title, style), { svg: drawChart(option, { width, height }), width }],
  };
}

function shorten(name: string): string {
  return name.length > mostCharacters ? `${name.slice(0, mostCharacters - 1)}…` : name;
}
