using Lightport.Cel.Tests.Vectors;
using Lightport.Tests;
using Lightport.Tests.Architecture;

namespace Lightport.Cel.Tests;

/// <summary>The public conformance tests: value, error and checked type.</summary>
public sealed class ConformanceTests
{
    private const string Folder = "vectors/cel";
    private const string Readme = "src/Lightport.Cel/README.md";

    private static readonly Lazy<IReadOnlyList<(Vector Vector, string? Difference)>> Runs = new(() =>
    [
        .. from line in File.ReadLines(Path.Combine(SharedFolder.PathOf(Folder), "conformance.jsonl"))
           let vector = new Vector(line)
           select (vector, vector.NeedsMessages ? null : VectorRun.Difference(vector)),
    ]);

    [SharedFact(Folder)]
    public void Vectors_WithoutMessages_Hold()
    {
        string[] differences =
        [
            .. from run in Runs.Value
               where run.Difference is not null
               select $"{run.Vector.Name}: {run.Vector.Expression}: {run.Difference}",
        ];
        Assert.True(differences.Length == 0, string.Join('\n', differences));
    }

    /// <summary>What is left out is told where the library is introduced, suite by suite.</summary>
    [SharedFact(Folder)]
    public void Readme_TellsWhatIsLeftOut()
    {
        string[] rows =
        [
            "| suite | tests | hold | need messages | differ |",
            "|---|---|---|---|---|",
            .. Runs.Value.GroupBy(run => run.Vector.Suite).Select(Row).Order(StringComparer.Ordinal),
            Row(Runs.Value.GroupBy(_ => "all").Single()),
        ];
        string table = string.Join('\n', rows);
        bool isTold = Repository.Read(Readme).Contains(table, StringComparison.Ordinal);
        Assert.True(isTold, $"{Readme} should tell:\n{table}");
    }

    private static string Row(IGrouping<string, (Vector Vector, string? Difference)> suite)
    {
        int needMessages = suite.Count(run => run.Vector.NeedsMessages);
        int differ = suite.Count(run => run.Difference is not null);
        int all = suite.Count();
        return $"| {suite.Key} | {all} | {all - needMessages - differ} | {needMessages} | {differ} |";
    }
}
