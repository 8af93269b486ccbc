package dev.jgenl.bench;

import de.erichseifert.vectorgraphics2d.Processors;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import dev.jgenl.bench.Results.Result;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.IChart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The plots of the report, as SVG without a background and in colours that show on any. */
final class Plots {

  private static final Color NONE = new Color(0, 0, 0, 0);
  private static final Color TEXT = new Color(0x767676);
  private static final Color GRID = new Color(0x80, 0x80, 0x80, 0x50);

  private static final Map<String, Color> COLOURS =
      Map.of(
          "c-raw", new Color(0x767676),
          "c-mmsg", new Color(0xA08060),
          "c-libnl", new Color(0x9467BD),
          "rust-neli", new Color(0xD2691E),
          "go-genetlink", new Color(0x00A5B5),
          "python-pyroute2", new Color(0xB8960C),
          "java-jgenl", new Color(0xE0323C),
          "java-ffm", new Color(0x3A7FD5),
          "java-jna", new Color(0x2E9E4F),
          "java-fork", new Color(0xD6589F));

  private final Results results;
  private final Path folder;

  private Plots(Results results, Path folder) {
    this.results = results;
    this.folder = folder;
  }

  static void write(Results results, Path folder) throws IOException {
    Plots plots = new Plots(results, folder);
    plots.bars(
        "cycle", "A whole cycle on host", "µs, logarithmic", r -> r.nsPerOp().median() / 1000);
    plots.bars(
        "pipeline",
        "Pipeline on host",
        "messages a second, logarithmic",
        r -> 1e9 / r.nsPerOp().median());
    plots.lines(
        "payload",
        "An exchange in the VM, by payload",
        "bytes",
        "time in proportion to c-raw, logarithmic",
        results.results().stream()
            .filter(r -> r.where().equals("vm") && r.operation().equals("exchange"))
            .filter(r -> r.threads() == 1)
            .toList(),
        Result::payload,
        r -> r.ratioToCRaw().median());
    plots.lines(
        "threads",
        "Exchanges on host, by threads",
        "threads",
        "exchanges a second, logarithmic",
        results.results().stream()
            .filter(r -> r.where().equals("host") && r.operation().equals("exchange"))
            .toList(),
        Result::threads,
        r -> 1e9 / r.nsPerOp().median());
  }

  /** Draws nothing of what was not measured. */
  private void bars(String operation, String title, String yTitle, ToDoubleFunction<Result> y)
      throws IOException {
    List<Result> rows =
        results.results().stream()
            .filter(r -> r.where().equals("host") && r.operation().equals(operation))
            .toList();
    if (rows.isEmpty()) {
      return;
    }
    CategoryChart chart =
        new CategoryChartBuilder().width(1000).height(420).title(title).yAxisTitle(yTitle).build();
    style(chart.getStyler());
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setDefaultSeriesRenderStyle(CategorySeriesRenderStyle.Scatter);
    chart.getStyler().setMarkerSize(14);
    chart
        .addSeries(
            operation,
            rows.stream().map(Result::client).toList(),
            rows.stream().map(y::applyAsDouble).toList())
        .setMarkerColor(COLOURS.get("java-jgenl"));
    save(chart, operation);
  }

  /** Draws nothing of what was not measured. */
  private void lines(
      String name,
      String title,
      String xTitle,
      String yTitle,
      List<Result> rows,
      ToIntFunction<Result> x,
      ToDoubleFunction<Result> y)
      throws IOException {
    if (rows.isEmpty()) {
      return;
    }
    XYChart chart =
        new XYChartBuilder()
            .width(860)
            .height(460)
            .title(title)
            .xAxisTitle(xTitle)
            .yAxisTitle(yTitle)
            .build();
    style(chart.getStyler());
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
    chart.getStyler().setXAxisDecimalPattern("#,###");
    for (String client : rows.stream().map(Result::client).distinct().toList()) {
      Map<Integer, Double> points = new TreeMap<>();
      rows.stream()
          .filter(r -> r.client().equals(client))
          .forEach(r -> points.put(x.applyAsInt(r), y.applyAsDouble(r)));
      XYSeries series =
          chart.addSeries(client, List.copyOf(points.keySet()), List.copyOf(points.values()));
      series.setMarkerColor(COLOURS.get(client)).setMarker(SeriesMarkers.CIRCLE);
      series.setLineColor(COLOURS.get(client));
      series.setLineStyle(new BasicStroke(client.equals("java-jgenl") ? 3.5f : 1.8f));
    }
    save(chart, name);
  }

  private static void style(AxesChartStyler styler) {
    styler.setChartBackgroundColor(NONE);
    styler.setPlotBackgroundColor(NONE);
    styler.setLegendBackgroundColor(NONE);
    styler.setLegendBorderColor(NONE);
    styler.setPlotBorderColor(GRID);
    styler.setPlotGridLinesColor(GRID);
    styler.setChartFontColor(TEXT);
    styler.setAxisTickLabelsColor(TEXT);
    styler.setAxisTickMarksColor(TEXT);
    styler.setYAxisLogarithmic(true);
  }

  private void save(IChart chart, String name) throws IOException {
    VectorGraphics2D graphics = new VectorGraphics2D();
    chart.paint(graphics, chart.getWidth(), chart.getHeight());
    PageSize size = new PageSize(chart.getWidth(), chart.getHeight());
    ByteArrayOutputStream svg = new ByteArrayOutputStream();
    Processors.get("svg").getDocument(graphics.getCommands(), size).writeTo(svg);
    // Two digits behind the point are enough for the eye, and a third of the size.
    Files.writeString(
        folder.resolve(name + ".svg"),
        svg.toString(StandardCharsets.UTF_8).replaceAll("(\\.\\d\\d)\\d+", "$1"));
  }
}
