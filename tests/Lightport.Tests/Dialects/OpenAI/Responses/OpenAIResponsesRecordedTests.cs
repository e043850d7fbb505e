using System.Text.Json.Nodes;
using Lightport.Conversation;
using Xunit.Abstractions;

namespace Lightport.Tests.Dialects.OpenAI.Responses;

/// <summary>What real clients have sent is read, but for what one account alone can know.</summary>
public sealed class OpenAIResponsesRecordedTests(ITestOutputHelper output)
{
    private static readonly string[] OfOneAccount = ["previous_response_not_found", "unsupported_parameter"];

    [SharedFact("recorded")]
    public void Request_ThatAProviderTook_IsRead()
    {
        int read = 0;
        int refused = 0;
        var faults = new List<string>();
        foreach ((string id, string request) in Requests())
        {
            try
            {
                ResponsesWire.DecodeRequest(request);
                read++;
            }
            catch (GatewayException e) when (OfOneAccount.Contains(e.Error.Code))
            {
                refused++;
            }
            catch (GatewayException e)
            {
                faults.Add($"{id}: {e.Message}");
            }
        }

        output.WriteLine($"{read} requests read, {refused} of what one account knows");
        Assert.Empty(faults);
        Assert.True(read > 250, $"{read}");
    }

    private static IEnumerable<(string Id, string Request)> Requests() =>
        from file in Directory.GetFiles(SharedFolder.PathOf("recorded"), "*.jsonl")
        from line in File.ReadLines(file)
        where line.Contains("\"openai-responses\"", StringComparison.Ordinal)
        let exchange = JsonNode.Parse(line)!
        where (string?)exchange["dialect"] == "openai-responses" && ((int?)exchange["status"] ?? 200) < 400
        let request = exchange["request"] is JsonValue text ? (string?)text : null
        where request?.StartsWith('{') == true && ((string?)exchange["url"] ?? "").TrimEnd('/').EndsWith("/responses", StringComparison.Ordinal)
        select ((string?)exchange["id"] ?? "", request);
}
