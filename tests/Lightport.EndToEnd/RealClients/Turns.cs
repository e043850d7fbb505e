using System.Text.Json;

namespace Lightport.EndToEnd.RealClients;

internal static class Turns
{
    /// <summary>
    /// The turns of a conversation that a script held twice, whole and streamed. Both must be the same (law 1), and the
    /// stream must have kept its dialect's rules.
    /// </summary>
    public static async Task<IReadOnlyList<JsonElement>> TurnsAsync(
        this NodeClients clients, string script, string provider, string scenario)
    {
        JsonElement result = await clients.ResultAsync(script, provider, scenario);
        IReadOnlyList<JsonElement> whole = [.. result.GetProperty("whole").EnumerateArray()];
        IReadOnlyList<JsonElement> streamed = [.. result.GetProperty("streamed").EnumerateArray()];
        Assert.Equal(whole.Count, streamed.Count);
        foreach ((JsonElement unary, JsonElement folded) in whole.Zip(streamed))
        {
            Json.Equal("[]", folded.GetProperty("broken"));
            foreach (JsonProperty member in unary.EnumerateObject().Where(member => member.Name != "message"))
            {
                Json.Equal(member.Value.GetRawText(), folded.GetProperty(member.Name));
            }
        }

        return whole;
    }
}
