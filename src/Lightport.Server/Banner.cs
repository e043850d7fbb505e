using System.Text;
using Lightport.Admission;
using Lightport.Configuration;
using Lightport.Routing;

namespace Lightport.Server;

/// <summary>What a person sees when the server has started: where it is, what it has, what to do next.</summary>
internal static class Banner
{
    private const int ModelsShown = 12;

    /// <param name="managed">The management doors are open.</param>
    public static string Text(GatewayConfiguration configuration, IEnumerable<string> urls, bool managed)
    {
        string url = urls.First().Replace("127.0.0.1", "localhost", StringComparison.Ordinal).TrimEnd('/');
        RoutingTable routing = configuration.Routing;
        string[] models = [.. routing.ModelNames, .. routing.Wildcards.Select(wildcard => wildcard.Pattern)];
        var text = new StringBuilder();
        text.AppendLine();
        text.AppendLine($"  Lightport      {url}/v1");
        text.AppendLine($"  configuration  {configuration.Source}");
        text.AppendLine($"  providers      {string.Join(", ", routing.Providers.Keys)}");
        text.AppendLine($"  models         {string.Join(", ", models.Take(ModelsShown))}{More(models.Length)}");
        text.AppendLine($"  admission      {Admission(configuration.Admission, managed)}");
        text.AppendLine($"  management     {Management(managed, url)}");
        foreach (string warning in configuration.Warnings)
        {
            text.AppendLine($"  warning        {warning}");
        }

        text.AppendLine();
        text.AppendLine("  Try it:");
        text.AppendLine($"  curl {url}/v1/chat/completions -H 'content-type: application/json'{Key(configuration)} \\");
        string model = routing.ModelNames.FirstOrDefault("echo");
        text.AppendLine($$"""    -d '{"model":"{{model}}","messages":[{"role":"user","content":"Hello!"}]}'""");
        return text.ToString();
    }

    private static string More(int count) => count > ModelsShown ? $" and {count - ModelsShown} more" : "";

    private static string Key(GatewayConfiguration configuration) =>
        configuration.Admission.Mode == AdmissionMode.Open ? "" : " -H \"authorization: Bearer $YOUR_KEY\"";

    private static string Management(bool managed, string url) => managed
        ? $"on, at {url}/manage, with the admin key"
        : "off; set LIGHTPORT_ADMIN_KEY, 16 characters or more, to turn it on";

    private static string Admission(AdmissionSettings admission, bool managed) => admission.Mode switch
    {
        AdmissionMode.Open => "open to this machine; set LIGHTPORT_KEY, or `keys` in lightport.yaml, to ask for a key",
        AdmissionMode.BringYourOwn => "bring-your-own: callers send their provider's key",
        _ => $"keys{(admission.TakesTokens ? ", and tokens of issuers" : "")}"
            + (managed ? "; `lightport keys create <name>` makes one" : ""),
    };
}
