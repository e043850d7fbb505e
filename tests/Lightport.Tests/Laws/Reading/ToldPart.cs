using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lightport.Tests.Laws.Reading;

/// <summary>A piece of an answer.</summary>
/// <param name="Kind">thinking, text, refusal, audio, call, or the wire's own word for anything else.</param>
/// <param name="Text">Its text; of a call, its arguments.</param>
/// <param name="Id">A call's; null where the provider gave none.</param>
/// <param name="Name">A call's.</param>
internal sealed record ToldPart(string Kind, string Text, string? Id = null, string? Name = null)
{
    public const string Thinking = "thinking";
    public const string Words = "text";
    public const string Refusal = "refusal";
    public const string Audio = "audio";
    public const string Call = "call";

    /// <summary>Of a kind that several dialects have.</summary>
    public bool IsCommon => Kind is Thinking or Words or Call or Refusal or Audio;

    /// <summary>A call whose arguments are an object, as some wires have no other: others are its one input.</summary>
    public ToldPart WithObject()
    {
        try
        {
            return Kind != Call || JsonNode.Parse(Text) is JsonObject ? this : Wrapped();
        }
        catch (JsonException)
        {
            return Wrapped();
        }

        ToldPart Wrapped() => this with { Text = new JsonObject { ["input"] = Text }.ToJsonString() };
    }

    public override string ToString() => Kind == Call ? $"call {Id ?? "-"} {Name} {Text}" : $"{Kind} {Text}";

    /// <summary>Joins what follows each other and is of one kind, and leaves out what says nothing.</summary>
    public static IReadOnlyList<ToldPart> Join(IEnumerable<ToldPart> parts)
    {
        var joined = new List<ToldPart>();
        foreach (ToldPart part in parts.Where(part => part.Kind == Call || part.Text.Length > 0))
        {
            if (joined is [.., var last] && last.Kind == part.Kind && part.Kind != Call)
            {
                joined[^1] = last with { Text = last.Text + part.Text };
            }
            else
            {
                joined.Add(part);
            }
        }

        return joined;
    }
}
