using System.Text.Json.Nodes;
using Lightport.Conformance.Running;

namespace Lightport.Conformance.Pages;

/// <summary>The matrix, and what a gateway must be told, for machines.</summary>
public static class MatrixJson
{
    /// <summary>Writes how many cells came out how, and every cell.</summary>
    public static JsonObject Write(Matrix matrix) => new()
    {
        ["conforming"] = matrix.IsConforming,
        ["summary"] = new JsonObject(Enum.GetValues<Outcome>().Select(outcome =>
            KeyValuePair.Create(Word(outcome), (JsonNode?)JsonValue.Create(matrix.Count(outcome))))),
        ["cells"] = new JsonArray([.. matrix.Cells.Select(cell => new JsonObject
        {
            ["client"] = cell.Client,
            ["provider"] = cell.Provider,
            ["case"] = cell.Case,
            ["stream"] = cell.IsStream,
            ["outcome"] = Word(cell.Verdict.Outcome),
            ["detail"] = cell.Verdict.Detail,
        })]),
    };

    /// <summary>Writes the models that a gateway must route, and where to, in no gateway's own words.</summary>
    public static JsonArray Write(IEnumerable<RoutedModel> models) => new([.. models.Select(model => new JsonObject
    {
        ["model"] = model.Model,
        ["dialect"] = model.Dialect,
        ["base_url"] = model.BaseAddress,
        ["upstream_model"] = model.UpstreamModel,
    })]);

    private static string Word(Outcome outcome) => outcome.ToString().ToLowerInvariant();
}
