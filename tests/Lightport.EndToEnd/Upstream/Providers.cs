namespace Lightport.EndToEnd.Upstream;

/// <summary>
/// The names of the fake providers in the gateway's configuration: a loose and an exact one on OpenAI's chat wire, and
/// one each that knows Messages, Responses, Gemini and Converse alone.
/// </summary>
internal static class Providers
{
    public const string Gemini = "gem";
    public const string Converse = "con";

    public static readonly string[] All = ["oai", "exact", "ant", "res", Gemini, Converse];

    /// <summary>How a provider is told which call a result belongs to: Gemini's has no ids.</summary>
    public static string Called(string provider, string id) => provider == Gemini ? "weather" : id;

    /// <summary>Each of the clients with each provider.</summary>
    public static TheoryData<string, string> Times(params string[] clients)
    {
        var pairs = new TheoryData<string, string>();
        foreach (string client in clients)
        {
            foreach (string provider in All)
            {
                pairs.Add(client, provider);
            }
        }

        return pairs;
    }
}
