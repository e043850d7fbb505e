namespace Lightport.Cli.Tests.Running;

/// <summary>The documents that docs/management.md promises, word for word.</summary>
internal static class Contract
{
    private static readonly string[] Blocks = Read();

    /// <summary>A mistake in a configuration: 422.</summary>
    public static string Mistake { get; } = Holding("invalid_configuration");

    /// <summary>What an apply changes.</summary>
    public static string Changes { get; } = Holding("\"dry_run\"");

    public static string NoChanges { get; } =
        """{"version": "v1", "previous": "v1", "dry_run": true, "changes": [], "warnings": []}""";

    public static string Versions { get; } = Holding("\"versions\"");

    /// <summary>A client key without the key itself.</summary>
    public static string Key { get; } = Holding("\"replaced_by\"");

    /// <summary>The answer to a key that was made here.</summary>
    public static string NewKey { get; } =
        Key.Replace("{\"id\"", "{\"key\": \"lp-made-once\", \"id\"", StringComparison.Ordinal);

    public static string Usage { get; } = Holding("\"cache_read\"");

    public static string Receipt { get; } = Holding("\"received_at\"");

    public static string Explanation { get; } = Holding("\"selection\"");

    public static string McpServers { get; } = Holding("\"held_back\"");

    public static string Error(string message, string code) =>
        $$$"""{"error": {"message": "{{{message}}}", "type": "some_error", "param": null, "code": "{{{code}}}"}}""";

    private static string Holding(string text) =>
        Blocks.First(block => block.Contains(text, StringComparison.Ordinal));

    private static string[] Read() =>
    [
        .. File.ReadAllText(Path.Combine(RepositoryFiles.Root, "docs", "management.md"))
            .Split("```json\n").Skip(1).Select(block => block.Split("```")[0].Trim()),
    ];
}
