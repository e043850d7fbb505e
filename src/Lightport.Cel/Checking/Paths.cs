using Lightport.Cel.Evaluation;

namespace Lightport.Cel.Checking;

/// <summary>How a read is written down, the same for <c>a.b</c> and <c>a['b']</c>.</summary>
internal static class Paths
{
    public static string Field(string path, string field) => IsName(field) ? $"{path}.{field}" : $"{path}['{field}']";

    public static string Item(string path, Node key) => key switch
    {
        ConstantNode { Value: { Kind: CelKind.String } name } => Field(path, name.Text),
        ConstantNode { Value: { IsError: false } constant } => $"{path}[{constant}]",
        _ => $"{path}[*]",
    };

    /// <summary>What stands before the first dot or bracket.</summary>
    public static string VariableOf(string path) =>
        path.IndexOfAny(['.', '[']) is var end && end < 0 ? path : path[..end];

    private static bool IsName(string field) =>
        field.Length > 0 && !char.IsAsciiDigit(field[0])
        && field.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');
}
