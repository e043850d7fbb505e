using Lightport.Conformance;
using Lightport.Conformance.Pages;
using Lightport.Conformance.Running;
using Lightport.EndToEnd.Gateway;
using Microsoft.Extensions.Configuration;

namespace Lightport.EndToEnd.Conformance;

/// <summary>Every client dialect by every provider dialect, every case, whole and streamed.</summary>
public sealed class ConformanceTests(ConformanceFixture fixture) : IClassFixture<ConformanceFixture>
{
    private const string Mark = "<!-- What follows is written by the suite: eng/conformance-page.sh -->\n";

    private static readonly string Page = Path.Combine(RepositoryFiles.Root, "docs", "conformance.md");

    [Fact]
    public void Cells_OfTheWholeMatrix_PassOrNameTheirLoss() => Assert.Empty(
        from cell in fixture.Matrix.Cells
        where cell.Verdict.Outcome == Outcome.Failed
        select $"{cell.Client} → {cell.Provider}, {cell.Case}, {cell.Form}: {cell.Verdict.Detail}");

    [Fact]
    public void Cells_OfEveryCombination_AreThere() => Assert.Equal(
        (ConformanceSuite.CellCount, ConformanceSuite.CellCount),
        (fixture.Matrix.Cells.Count,
            fixture.Matrix.Cells.DistinctBy(cell => (cell.Client, cell.Provider, cell.Case, cell.IsStream)).Count()));

    [Fact]
    public void Page_OfTheMatrix_IsWhatTheRunSays()
    {
        string page = File.ReadAllText(Page);
        string head = page[..(page.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length)];
        string expected = head + "\n" + MatrixPage.Write(fixture.Matrix);
        if (new ConfigurationBuilder().AddEnvironmentVariables().Build()["LIGHTPORT_WRITE_DOCS"] is not null)
        {
            File.WriteAllText(Page, expected);
        }

        Assert.Equal(expected, File.ReadAllText(Page));
    }
}
