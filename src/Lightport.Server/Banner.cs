using System.Text;
using Lightport.Admission;
using Lightport.Configuration;

namespace Lightport.Server;

/// <summary>What a person sees when the server has started: where it is, what it has, what to do next.</summary>
internal static class Banner
{
    private const int ModelsShown = 12;

    public static string Text(GatewayConfiguration configuration, IEnumerable<string> urls)
    {
        string url = urls.First().Replace("127.0.0.1", "localhost", StringComparison.Ordinal).TrimEnd('/');
        IReadOnlyList<string> models = configuration.Routing.ModelNames;
        var text = new StringBuilder();
        text.AppendLine();
        text.AppendLine($"  Lightport      {url}/v1");
        text.AppendLine($"  configuration  {configuration.Source}");
        text.AppendLine($"  providers      {string.Join(", ", configuration.Routing.Providers.Keys)}");
        text.AppendLine($"  models         {string.Join(", ", models.Take(ModelsShown))}{More(models.Count)}");
        text.AppendLine($"  admission      {Admission(configuration.Admission.Mode)}");
        foreach (string warning in configuration.Warnings)
        {
            text.AppendLine($"  warning        {warning}");
        }

        text.AppendLine();
        text.AppendLine("  Try it:");
        text.AppendLine($"  curl {url}/v1/chat/completions -H 'content-type: application/json'{Key(configuration)} \\");
        string model = models.FirstOrDefault("echo");
        text.AppendLine($$"""    -d '{"model":"{{model}}","messages":[{"role":"user","content":"Hello!"}]}'""");
        return text.ToString();
    }

    private static string More(int count) => count > ModelsShown ? $" and {count - ModelsShown} more" : "";

    private static string Key(GatewayConfiguration configuration) =>
        configuration.Admission.Mode == AdmissionMode.Open ? "" : " -H \"authorization: Bearer $YOUR_KEY\"";

    private static string Admission(AdmissionMode mode) => mode switch
    {
        AdmissionMode.Open => "open to this machine; set LIGHTPORT_KEY, or `keys` in lightport.yaml, to ask for a key",
        AdmissionMode.BringYourOwn => "bring-your-own: callers send their provider's key",
        _ => "keys",
    };
}
