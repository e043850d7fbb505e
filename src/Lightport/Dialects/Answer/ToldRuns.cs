using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>
/// What a client is told of the gateway's runs, whatever its dialect calls them: each call has a sealed id, which holds
/// what the client does not bring back by itself, and its result names that.
/// </summary>
/// <param name="prefix">What the dialect's ids of such calls begin with.</param>
/// <param name="field">The arguments of a call, as a client would look for them among what was lost.</param>
internal sealed class ToldRuns(AnswerContext context, string prefix, string field)
{
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);

    public static string ArgumentsOf(McpCallPart call) => call.Made?.Arguments ?? call.Arguments;

    /// <summary>The id that the call is told under.</summary>
    public string IdOf(McpCallPart call)
    {
        IdSeal seal = context.Seal ?? throw new InvalidOperationException("Nothing seals the ids of calls.");
        var held = new SealedCall(call.Round, call.Made?.CallId ?? call.CallId, call.Made?.Name ?? call.Name)
        {
            Spelling = Spelling(ArgumentsOf(call)),
        };
        return _ids[call.CallId] = held.SealCall(seal, prefix, call.Server, call.Name);
    }

    /// <summary>The id of the call that this came of.</summary>
    public string IdOf(McpResultPart result) => _ids.GetValueOrDefault(result.CallId, result.CallId);

    /// <summary>Writes what came of a call, as far as it is text: a list of one block, or of none.</summary>
    /// <param name="name">The list's field.</param>
    /// <param name="kind">The dialect's word for such a result, told among what was lost where it is no text.</param>
    public void WriteText(Utf8JsonWriter writer, string name, string kind, McpResultPart result)
    {
        if (!ToldResult.IsText(result.Parts))
        {
            context.Losses.Add(kind);
        }

        writer.WriteStartArray(name);
        if (ToldResult.Text(result.Parts) is { Length: > 0 } text)
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "text"u8);
            writer.WriteString("text"u8, text);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>The arguments, where the client would write them anew in other letters.</summary>
    private string? Spelling(string arguments)
    {
        if (CallSpelling.IsEverybodys(arguments))
        {
            return null;
        }

        if (!CallSpelling.Fits(arguments))
        {
            context.Losses.Add(field);
            return null;
        }

        return arguments;
    }
}
