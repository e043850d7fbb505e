using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lightport.EndToEnd.RealClients;

internal static class Json
{
    public static string? Text(this JsonElement element, string name) => element.GetProperty(name).GetString();

    /// <summary>Equal as JSON: the order of members and white space do not count.</summary>
    public static void Equal(string expected, JsonElement actual) => Assert.True(
        JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual.GetRawText())),
        $"Expected: {expected}\nActual:   {actual.GetRawText()}");
}
