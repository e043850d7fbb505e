namespace Lightport.Configuration.Yaml;

/// <param name="value">The text, quotes and escapes resolved.</param>
/// <param name="plain">Written without quotes, so that <c>true</c> is a boolean and <c>5</c> a number.</param>
internal sealed class ScalarNode(int line, int column, string value, bool plain) : YamlNode(line, column)
{
    public string Value { get; } = value;

    public bool Plain { get; } = plain;

    /// <summary>How it is written; null where it stands in no document.</summary>
    public ScalarSource? Source { get; init; }

    public override string Kind => IsNull ? "nothing" : "text";

    public override int Size => 1;

    public override int Height => 0;

    public override bool IsNull => Plain && Value is "" or "~" or "null" or "Null" or "NULL";

    /// <summary>Where a character of the value stands in the document.</summary>
    /// <param name="offset">In the value, in UTF-16 units.</param>
    public (int Line, int Column) PlaceOf(int offset) => Source?.PlaceOf(this, offset) ?? (Line, Column);
}
