using Lightport.Infra.Tests.Grammar;

namespace Lightport.Infra.Tests.Bicep;

/// <summary>A resource as it is declared.</summary>
internal sealed class BicepResource(SyntaxNode declaration)
{
    /// <summary>What the file calls it.</summary>
    public string Symbol { get; } = BicepFile.Name(declaration);

    /// <summary>With the version where one is named: <c>Microsoft.Storage/storageAccounts@2025-06-01</c>.</summary>
    public string Type { get; } = declaration.Child("string")!.Unquoted;

    /// <summary>Whether it is only referred to.</summary>
    public bool IsExisting { get; } =
        declaration.Text.Split('=')[0].TrimEnd().EndsWith(" existing", StringComparison.Ordinal);

    /// <summary>What stands before the body: a condition, or nothing.</summary>
    public bool IsConditional { get; } = declaration.Child("if_statement") is not null;

    public SyntaxNode Body { get; } = declaration.All("object").First();

    /// <summary>The text at a path of properties; null where it is not set.</summary>
    public string? Text(params string[] path)
    {
        SyntaxNode? node = Body;
        foreach (string name in path)
        {
            node = node?.Value(name);
        }

        return node?.Unquoted;
    }
}
