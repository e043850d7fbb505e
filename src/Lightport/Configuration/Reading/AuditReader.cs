using Lightport.Audit;
using Lightport.Configuration.Yaml;

namespace Lightport.Configuration.Reading;

/// <summary>Reads <c>audit: { to: file, on-failure: closed }</c>.</summary>
internal static class AuditReader
{
    private static readonly SectionKeys Keys = new("to", "folder", "on-failure", "content");

    private static readonly Dictionary<string, AuditPlace> Places = new()
    {
        ["file"] = AuditPlace.File,
        ["otlp"] = AuditPlace.Otlp,
    };

    private static readonly Dictionary<string, bool> Failures = new() { ["open"] = false, ["closed"] = true };

    private static readonly Dictionary<string, bool> Contents = new() { ["off"] = false, ["masked"] = true };

    public static AuditSettings Read(YamlNode? node, ConfigurationErrors errors)
    {
        if (node is null || Section.Read(node, "audit", Keys, errors) is not { } section)
        {
            return AuditSettings.Off;
        }

        if (section.Find("to") is null)
        {
            errors.Add(node, "audit needs 'to': file or otlp.");
            return AuditSettings.Off;
        }

        AuditPlace? to = section.Word("to", Places);
        if (section.Find("folder") is { } folder && to == AuditPlace.Otlp)
        {
            errors.Add(folder, "audit.folder is for files alone; remove it, or set audit.to to file.");
        }

        return new AuditSettings(
            to ?? AuditPlace.Nowhere,
            section.Text("folder") ?? AuditSettings.DefaultFolder,
            section.Word("on-failure", Failures) ?? false,
            section.Word("content", Contents) ?? false);
    }
}
