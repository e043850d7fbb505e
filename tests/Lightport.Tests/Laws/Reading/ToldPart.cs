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
