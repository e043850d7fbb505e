using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Dialects.Anthropic.Messages;
using Lightport.Tests.Architecture;
using Lightport.Tests.Dialects.OpenAI.Chat;

namespace Lightport.Tests.Dialects.Anthropic.Messages;

/// <summary>
/// Every word of Anthropic's SDK is carried to a chat provider, told in the list of losses, or refused by its name. The
/// end-to-end suite holds Vocabulary.json to the SDK itself.
/// </summary>
public sealed class AnthropicMessagesVocabularyTests
{
    private static readonly JsonNode Vocabulary = JsonNode.Parse(
        Repository.Read("tests/Lightport.Tests/Dialects/Anthropic/Messages/Vocabulary.json"))!;

    public static TheoryData<string> Blocks => Words("blocks");

    public static TheoryData<string> Tools => Words("tools");

    public static TheoryData<string> Fields => Words("fields");

    public static TheoryData<string> Stops =>
        [.. Vocabulary["stops"]!.AsArray().Select(word => (string)word!)];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Block_IsCarriedToldOrRefused(string type)
    {
        JsonArray row = Vocabulary["blocks"]![type]!.AsArray();
        JsonObject block = row[1]!.DeepClone().AsObject();
        block["type"] = type;
        string role = row.Count > 2 ? (string)row[2]! : "user";

        Assert.Equal((string?)row[0], Outcome(Request("messages", new JsonArray(
            new JsonObject { ["role"] = "user", ["content"] = "q" },
            new JsonObject { ["role"] = role, ["content"] = new JsonArray(block) })), type));
    }

    [Theory]
    [MemberData(nameof(Tools))]
    public void Tool_IsCarriedToldOrRefused(string type)
    {
        var tool = new JsonObject { ["type"] = type, ["name"] = "f", ["mcp_server_name"] = "x" };
        if (type == "custom")
        {
            tool.Remove("mcp_server_name");
            tool["input_schema"] = new JsonObject { ["type"] = "object" };
        }

        Assert.Equal(
            (string?)Vocabulary["tools"]![type], Outcome(Request("tools", new JsonArray(tool)), $"tools[0].{type}"));
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public void Field_IsCarriedToldOrRefused(string field)
    {
        JsonArray row = Vocabulary["fields"]![field]!.AsArray();

        Assert.Equal((string?)row[0], Outcome(Request(field, row[1]!.DeepClone()), field));
    }

    [Theory]
    [MemberData(nameof(Stops))]
    public void StopReason_ComesBackAsItWas(string reason) =>
        Assert.Equal(reason, AnthropicMessagesStopReason.Encode(AnthropicMessagesStopReason.Decode(reason, null)));

    private static TheoryData<string> Words(string kind) => [.. Vocabulary[kind]!.AsObject().Select(word => word.Key)];

    private static JsonObject Request(string field, JsonNode value)
    {
        var request = new JsonObject
        {
            ["model"] = "m",
            ["max_tokens"] = 9,
            ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = "q" }),
        };
        if (field == "tool_choice")
        {
            request["tools"] = JsonNode.Parse("""[{"name":"f","input_schema":{"type":"object"}}]""");
        }

        request[field] = value;
        return request;
    }

    /// <summary>What became of the one thing in a request that is named.</summary>
    private static string Outcome(JsonObject request, string name)
    {
        var losses = new LossLedger(null, "t");
        try
        {
            ChatWire.EncodeRequest(Wire.DecodeRequest(request.ToJsonString()), TargetTraits.Default, losses);
        }
        catch (GatewayException refused) when (refused.Error.Param == name)
        {
            return "refused";
        }

        return losses.Dropped switch
        {
            [] => "carried",
            [var told] when told == name => "told",
            var others => string.Join(',', others),
        };
    }
}
