using System.Text;
using System.Text.Json.Nodes;

namespace Lightport.Tests.Dialects.Anthropic.Messages;

/// <summary>A recorded exchange of this dialect, from the folder beside the repository.</summary>
internal sealed record RecordedExchange(string Id, int Status, bool IsStream, string Request, string Response)
{
    public static IEnumerable<RecordedExchange> All()
    {
        foreach (string line in Directory.EnumerateFiles(SharedFolder.PathOf("recorded"), "*.jsonl").Order().SelectMany(File.ReadLines))
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
}
