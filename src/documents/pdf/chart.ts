import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { muted } from './style.ts';

use([BarChart, LineChart, GridComponent, LegendComponent, SVGRenderer]);

/** Draw a chart as SVG, on the server: nothing in it moves. */
export function drawChart(
  option: EChartsCoreOption,
  { width, height }: { width: number; height: number },
): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    const textStyle = { fontFamily: 'Roboto', fontSize: 9, color: muted };
    chart.setOption({ animation: false, textStyle, ...option });
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}
