namespace Lightport.Conformance.Facts;

/// <summary>One thing that a request or an answer says, in no dialect's words.</summary>
/// <param name="Subject">One of <see cref="Subjects"/>.</param>
/// <param name="Text">What is said of it.</param>
internal readonly record struct Fact(string Subject, string Text)
{
    public override string ToString() => Text.Length > 60 ? $"{Subject} '{Text[..60]}…'" : $"{Subject} '{Text}'";
}
