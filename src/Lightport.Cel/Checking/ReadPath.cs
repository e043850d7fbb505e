using Lightport.Cel.Evaluation;

namespace Lightport.Cel.Checking;

/// <summary>How a read is written down, the same for <c>a.b</c> and <c>a['b']</c>.</summary>
/// <param name="Variable">That it begins with.</param>
/// <param name="Shown">As a person reads it: <c>request.tools[].name</c>.</param>
/// <param name="Identity">
/// What a guard and a read have in common where they are of the same value; null where only a run tells which key is
/// meant.
/// </param>
internal readonly record struct ReadPath(string Variable, string Shown, string? Identity)
{
    public static ReadPath Of(string variable) => new(variable, variable, variable);

    public ReadPath Field(string field) => Then(IsName(field) ? $".{field}" : $"['{field}']");

    public ReadPath Item(Node key) => key switch
    {
        ConstantNode { Value: { Kind: CelKind.String } name } => Field(name.Text),
        ConstantNode { Value: { IsError: false } constant } => Then($"[{constant}]"),
        _ => this with { Shown = $"{Shown}[*]", Identity = null },
    };

    /// <summary>Each element: the variable of one macro is another element than that of the next.</summary>
    /// <param name="slot">The variable's.</param>
    public ReadPath Element(int slot) => this with
    {
        Shown = $"{Shown}[]",
        Identity = Identity is null ? null : $"{Identity}[#{slot}]",
    };

    private ReadPath Then(string part) => this with
    {
        Shown = Shown + part,
        Identity = Identity is null ? null : Identity + part,
    };

    private static bool IsName(string field) =>
        field.Length > 0 && !char.IsAsciiDigit(field[0])
        && field.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');
}
