using System.Text.RegularExpressions;

namespace Lightport.Tests.Architecture;

/// <summary>Whatever can be set is written down where its users look.</summary>
public sealed partial class SettingsTests
{
    private const string Sample = "lightport.sample.yaml";

    /// <summary>Everything that a user reads, decisions left out.</summary>
    private static string Documents { get; } = string.Join('\n',
        Repository.Files("docs", "*.md")
            .Where(path => !path.StartsWith("docs/decisions/", StringComparison.Ordinal))
            .Concat(new[] { "README.md", "SECURITY.md", Sample }.Where(Repository.Has))
            .Select(Repository.Read));

    [Fact]
    public void Settings_ReadByTheCode_AreDocumented() => Rule.Holds(
        $"A setting stands in no page of README.md, docs/ or {Sample}:",
        Undocumented(SettingName()));

    [Fact]
    public void Headers_OfOurOwn_AreDocumented() => Rule.Holds(
        $"A header stands in no page of README.md, docs/ or {Sample}:",
        Undocumented(HeaderName()));

    [Fact]
    public void Keys_OfTheConfigurationFile_StandInTheSample()
    {
        string sample = Repository.Has(Sample) ? Repository.Read(Sample) : "";

        Rule.Holds(
            $"A key of the configuration file is missing in {Sample}:",
            from file in Repository.Core
            from keys in SectionKeys().Matches(file.Text)
            from key in Quoted().Matches(keys.Groups[1].Value).Select(match => match.Groups[1].Value)
            where !Regex.IsMatch(sample, $@"(?<![\w-]){Regex.Escape(key)}\s*:")
            select $"{file.Path}: {key}");
    }

    private static IEnumerable<string> Undocumented(Regex name) =>
        from file in Repository.Sources
        from found in name.Matches(file.Text)
        let setting = found.Groups.Values.Skip(1).First(part => part.Success).Value
        where !Documents.Contains(setting, StringComparison.OrdinalIgnoreCase)
        select $"{file.Path}: {setting}";

    /// <summary>A setting's own name, by its prefix or by how it is read.</summary>
    [GeneratedRegex(@"""(LIGHTPORT_[A-Z_]+)""|\b[Cc]onfiguration\[""([^""]+)""\]|\w*Setting = ""([^""]+)""")]
    private static partial Regex SettingName();

    [GeneratedRegex(@"""(x-lightport-[a-z-]*[a-z])""", RegexOptions.IgnoreCase)]
    private static partial Regex HeaderName();

    /// <summary>A section's keys, <c>new("a", "b")</c> or <c>["a", "b"]</c>; of two lists the first, which is in force.</summary>
    [GeneratedRegex(@"(?:SectionKeys|string\[\]) Keys =\s*(?:new\()?\s*\[?([^\]\);]*)")]
    private static partial Regex SectionKeys();

    [GeneratedRegex(@"""([^""]+)""")]
    private static partial Regex Quoted();
}
