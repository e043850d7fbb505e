namespace Lightport.Configuration.Entries;

/// <summary>The kinds of <see cref="Storage.ConfigurationEntry"/>.</summary>
internal static class EntryKind
{
    public const string Provider = "provider";
    public const string Model = "model";
    public const string Rule = "rule";
    public const string Key = "key";
    public const string Limit = "limit";

    /// <summary>Any other key of the document, whole; also a section that is there and empty.</summary>
    public const string Setting = "setting";

    public static IReadOnlyList<string> All { get; } = [Provider, Model, Rule, Key, Limit, Setting];
}
