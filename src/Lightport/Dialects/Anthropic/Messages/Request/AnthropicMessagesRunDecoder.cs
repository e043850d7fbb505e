using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// Reads back what a client was told of the gateway's runs. Blocks of a provider that runs such tools itself have other
/// ids, and stay as they are.
/// </summary>
internal static class AnthropicMessagesRunDecoder
{
    /// <summary>Null where the block is none of the gateway's.</summary>
    /// <exception cref="GatewayException">It claims to be, and the gateway did not make it.</exception>
    public static ContentPart? Read(RequestFields fields, string type, JsonElement block) => type switch
    {
        AnthropicMessagesMcpBlocks.Call when IsOwn(block, "id") => Call(fields, block),
        AnthropicMessagesMcpBlocks.Result when IsOwn(block, "tool_use_id") => Result(fields, block),
        _ => null,
    };

    /// <summary>Gives each result of a turn the id of its call, which the sealed one holds.</summary>
    /// <param name="content">Where the parts were read from.</param>
    /// <exception cref="GatewayException">A result is of no call of its turn.</exception>
    public static void Pair(List<ContentPart> parts, RequestFields fields, JsonElement content)
    {
        Dictionary<string, string>? calls = null;
        for (int i = 0; i < parts.Count; i++)
        {
            if (parts[i] is McpCallPart { Id: { } id } call)
            {
                (calls ??= [])[id] = call.CallId;
            }
            else if (parts[i] is McpResultPart result)
            {
                parts[i] = calls?.GetValueOrDefault(result.CallId) is { } callId
                    ? result with { CallId = callId }
                    : throw Forged(fields, content, $"[{i}].tool_use_id", "is of no call before it in its turn");
            }
        }
    }

    private static bool IsOwn(JsonElement block, string name) =>
        block.TextOf(name) is { } id && SealedCallText.IsMarked(id, AnthropicMessagesMcpBlocks.IdPrefix);

    private static McpCallPart Call(RequestFields fields, JsonElement block)
    {
        string id = fields.RequiredText(block, "id");
        (string server, string name) = (fields.RequiredText(block, "server_name"), fields.RequiredText(block, "name"));
        if (fields.Seal is not { } seal
            || !SealedCall.TryOpenCall(
                seal, id, AnthropicMessagesMcpBlocks.IdPrefix, server, name, out SealedCall? call))
        {
            throw Forged(fields, block, ".id", SealedCall.Refusal);
        }

        string arguments = fields.Object(block, "input") is { } input
            ? Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(input))
            : "{}";
        arguments = call.Spelling is { } spelling && CallArguments.AreReadAs(spelling, arguments)
            ? spelling
            : CallSpelling.Plainly(arguments);

        return new McpCallPart(call.CallId, server, name, arguments)
        {
            Id = id,
            Made = new ToolCallPart(call.CallId, call.ModelName, arguments),
            Round = call.Round,
        };
    }

    private static McpResultPart Result(RequestFields fields, JsonElement block)
    {
        string id = fields.RequiredText(block, "tool_use_id");
        IReadOnlyList<ContentPart> parts = fields.Find(block, "content") is { } content
            ? AnthropicMessagesBlockDecoder.DecodeContent(fields, content)
            : [];
        return parts.All(part => part is TextPart)
            ? new McpResultPart(id, parts) { Id = id, IsError = fields.Boolean(block, "is_error") ?? false }
            : throw fields.Wrong(fields.Required(block, "content"), "must be text");
    }

    private static GatewayException Forged(RequestFields fields, JsonElement place, string below, string why)
    {
        string path = fields.PathOf(place) + below;
        return GatewayException.BadRequest($"'{path}' {why}.", path, SealedCall.RefusalCode);
    }
}
