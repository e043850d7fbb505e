using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;

namespace Lightport.Tests.Dialects.AnthropicMessages;

/// <summary>
/// A recorded exchange of this dialect, from the folder beside the repository; none where that is absent.
/// </summary>
internal sealed record RecordedExchange(string Id, int Status, bool IsStream, string Request, string Response)
{
    public static IEnumerable<RecordedExchange> All()
    {
        if (Folder() is not { } folder)
        {
            yield break;
        }

        foreach (string line in Directory.EnumerateFiles(folder, "*.jsonl").Order().SelectMany(File.ReadLines))
        {
            JsonNode exchange = JsonNode.Parse(line)!;
            if ((string?)exchange["dialect"] == "anthropic-messages" && (string?)exchange["host"] == "api.anthropic.com")
            {
                yield return new RecordedExchange(
                    (string)exchange["id"]!,
                    (int)exchange["status"]!,
                    (string?)exchange["framing"] == "sse",
                    Text(exchange["request"]),
                    Text(exchange["response"]));
            }
        }
    }

    private static string Text(JsonNode? body) => body is JsonObject encoded
        ? Encoding.UTF8.GetString(Convert.FromBase64String((string)encoded["base64"]!))
        : (string?)body ?? "";

    private static string? Folder()
    {
        string? shared = new ConfigurationBuilder().AddEnvironmentVariables().Build()["LIGHTPORT_SHARED"];
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); shared is null && at is not null; at = at.Parent)
        {
            shared = File.Exists(Path.Combine(at.FullName, "Lightport.Functions.sln"))
                ? Path.Combine(at.FullName, "..", "shared")
                : null;
        }

        string? folder = shared is null ? null : Path.Combine(shared, "recorded");
        return Directory.Exists(folder) ? folder : null;
    }
}
