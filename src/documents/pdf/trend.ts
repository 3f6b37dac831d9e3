import type { Content } from 'pdfmake';
import type { SectionOf } from '../../domain/document/document.ts';
import { drawChart } from './chart.ts';
import { formatDay, formatValue } from './format.ts';
import { heading, line, muted, type Style } from './style.ts';

const height = 200;

/** A line for each metric, each by a scale of its own; where there are no data the line is broken. */
export function trendContent(section: SectionOf<'TREND'>, style: Style): Content {
  const { series, periods, title } = section;
  const { locale, width } = style;
  const colors = [style.primaryColor, style.accentColor];
  const option = {
    color: colors,
    legend: { top: 0, left: 0, itemWidth: 16, textStyle: { fontSize: 9, color: muted } },
    grid: { left: 60, right: series.length > 1 ? 60 : 12, top: 30, bottom: 24 },
    xAxis: {
      ...{ type: 'category', data: periods.map((day) => formatDay(day, locale)) },
      axisLine: { lineStyle: { color: line } },
      ...{ axisTick: { show: false }, axisLabel: { fontSize: 8, color: muted, hideOverlap: true } },
    },
    yAxis: series.map((measure, index) => ({
      ...{ type: 'value', position: index === 0 ? 'left' : 'right' },
      splitLine: { show: index === 0, lineStyle: { color: line, width: 0.5 } },
      axisLabel: {
        ...{ fontSize: 8, color: colors[index] },
        formatter: (value: number) => shortly(value, measure, locale),
      },
    })),
    series: series.map(({ label, values }, index) => ({
      ...{ type: 'line', name: label, yAxisIndex: index, symbolSize: 3, lineStyle: { width: 1.5 } },
      // A point between two gaps would not be seen without its symbol.
      ...{ showAllSymbol: true, connectNulls: false },
      data: values.map((value) => (value === null ? null : Number(value))),
    })),
  };
  return {
    unbreakable: true,
    stack: [heading(title, style), { svg: drawChart(option, { width, height }), width }],
  };
}

/** Where there is little room, and a value between the measured ones. */
function shortly(
  value: number,
  measure: SectionOf<'TREND'>['series'][number],
  locale: string,
): string {
  if (measure.unit === 'FRACTION' || measure.unit === 'MULTIPLE') {
    return formatValue(String(value), measure, locale);
  }
  const { currency } = measure;
  return new Intl.NumberFormat(locale, {
    ...{ notation: 'compact', maximumFractionDigits: 1 },
    ...(currency ? { style: 'currency', currency } : {}),
  })
    .format(value)
    .replaceAll('\u202f', '\u00a0');
}
