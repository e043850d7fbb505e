using Lightport.Infra.Tests.Grammar;

namespace Lightport.Infra.Tests.Bicep;

/// <summary>One Bicep file and what it declares.</summary>
internal sealed class BicepFile(string path, SyntaxNode root)
{
    private static readonly Lazy<IReadOnlyList<BicepFile>> Files =
        new(() => [.. Grammars.Bicep.Select(tree => new BicepFile(tree.Key, tree.Value))]);

    public static IReadOnlyList<BicepFile> All => Files.Value;

    public static BicepFile Main => Of("infra/main.bicep");

    public string Path { get; } = path;

    public SyntaxNode Root { get; } = root;

    /// <summary>Each parameter's name and its default, null where it has none.</summary>
    public IReadOnlyDictionary<string, SyntaxNode?> Parameters { get; } = root.All("parameter_declaration")
        .ToDictionary(Name, node => node.Children.Skip(1).FirstOrDefault(child => child.Type != "type"));

    /// <summary>Each output's name and value.</summary>
    public IReadOnlyDictionary<string, SyntaxNode> Outputs { get; } = root.All("output_declaration")
        .ToDictionary(Name, node => node.Children[^1]);

    /// <summary>Nested ones included.</summary>
    public IReadOnlyList<BicepResource> Resources { get; } =
        [.. root.All("resource_declaration").Select(node => new BicepResource(node))];

    /// <summary>The modules that it uses: name, path from the root, what is handed over.</summary>
    public IReadOnlyList<(string Name, string File, SyntaxNode Parameters)> Modules { get; } =
    [
        .. root.All("module_declaration").Select(node => (
            Name(node),
            $"infra/{node.Child("string")!.Unquoted.TrimStart('.', '/')}",
            node.All("object").First().Value("params")!)),
    ];

    public static BicepFile Of(string path) => All.Single(file => file.Path == path);

    public static string Name(SyntaxNode declaration) => declaration.Child("identifier")!.Text;
}
