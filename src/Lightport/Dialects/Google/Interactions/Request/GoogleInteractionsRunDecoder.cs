using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>
/// Reads back what a client was told of the gateway's runs. Steps of Google's own runs have other ids, and stay as they
/// are.
/// </summary>
internal sealed class GoogleInteractionsRunDecoder(RequestFields fields)
{
    /// <summary>The id of each call at its provider, by the sealed one.</summary>
    private readonly Dictionary<string, string> _calls = new(StringComparer.Ordinal);

    /// <summary>Null where the step is none of the gateway's.</summary>
    /// <exception cref="GatewayException">It claims to be, and the gateway did not make it.</exception>
    public ContentPart? Read(string type, JsonElement step) => type switch
    {
        GoogleInteractionsRuns.Call when IsOwn(step, "id") => Call(step),
        GoogleInteractionsRuns.Result when IsOwn(step, "call_id") => Result(step),
        _ => null,
    };

    /// <summary>
    /// Puts the state of a call (Gemini's signature) back on the run that it was told before, in a thought without
    /// words: a step of a call has no slot for it. All other states are of thoughts, and stay with these.
    /// </summary>
    public static void RestoreStates(List<ContentPart> parts)
    {
        for (int i = parts.Count - 1; i > 0; i--)
        {
            if (parts[i] is McpCallPart { Made: { State: null } made } run
                && parts[i - 1] is ReasoningPart { Text: "", State: { Format: StateFormats.Gemini } state })
            {
                parts[i] = run with { Made = made with { State = state } };
                parts.RemoveAt(--i);
            }
        }
    }

    private static bool IsOwn(JsonElement step, string name) =>
        step.TextOf(name) is { } id && SealedCallText.IsMarked(id, GoogleInteractionsRuns.IdPrefix);

    private McpCallPart Call(JsonElement step)
    {
        fields.Tally.AddPart();
        string id = fields.RequiredText(step, "id");
        (string server, string name) = (fields.RequiredText(step, "server_name"), fields.RequiredText(step, "name"));
        if (fields.Seal is not { } seal
            || !SealedCall.TryOpenCall(
                seal, id, GoogleInteractionsRuns.IdPrefix, server, name, out SealedCall? call))
        {
            throw Forged(step, "id", SealedCall.Refusal);
        }

        string arguments = fields.Object(step, "arguments") is { } said
            ? Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(said))
            : "{}";
        arguments = call.Spelling is { } spelling && CallArguments.AreReadAs(spelling, arguments)
            ? spelling
            : CallSpelling.Plainly(arguments);

        _calls[id] = call.CallId;
        return new McpCallPart(call.CallId, server, name, arguments)
        {
            Id = id,
            Made = new ToolCallPart(call.CallId, call.ModelName, arguments),
            Round = call.Round,
        };
    }

    private McpResultPart Result(JsonElement step)
    {
        string id = fields.RequiredText(step, "call_id");
        if (!_calls.TryGetValue(id, out string? callId))
        {
            throw Forged(step, "call_id", "is of no call before it");
        }

        IReadOnlyList<ContentPart> parts = GoogleInteractionsResultDecoder.Decode(fields, fields.Find(step, "result"));
        return parts.All(part => part is TextPart)
            ? new McpResultPart(callId, parts) { Id = id, IsError = fields.Boolean(step, "is_error") ?? false }
            : throw fields.Wrong(fields.Required(step, "result"), "must be text");
    }

    private GatewayException Forged(JsonElement step, string field, string why)
    {
        string path = $"{fields.PathOf(step)}.{field}";
        return GatewayException.BadRequest($"'{path}' {why}.", path, SealedCall.RefusalCode);
    }
}
