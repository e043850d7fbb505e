using System.Text.RegularExpressions;
using Lightport.Audit;
using Lightport.Configuration.Yaml;

namespace Lightport.Configuration.Reading;

/// <summary>Reads <c>audit: { to: file, on-failure: closed }</c>.</summary>
internal static partial class AuditReader
{
    private static readonly SectionKeys Keys = new("to", "folder", "container", "on-failure", "content");

    private static readonly Dictionary<string, AuditPlace> Places = new()
    {
        ["file"] = AuditPlace.File,
        ["blob"] = AuditPlace.Blob,
        ["otlp"] = AuditPlace.Otlp,
    };

    private static readonly Dictionary<string, bool> Failures = new() { ["open"] = false, ["closed"] = true };

    private static readonly Dictionary<string, bool> Contents = new() { ["off"] = false, ["masked"] = true };

    public static AuditSettings Read(YamlNode? node, ReadingContext context)
    {
        ConfigurationErrors errors = context.Errors;
        if (node is null || Section.Read(node, "audit", Keys, errors) is not { } section)
        {
            return AuditSettings.Off;
        }

        if (section.Find("to") is null)
        {
            errors.Add(node, "audit needs 'to': file, blob or otlp.");
            return AuditSettings.Off;
        }

        AuditPlace? to = section.Word("to", Places);
        if (Problem(to, context.Environment) is { } problem)
        {
            errors.Warn(node, $"the audit cannot be written: {problem}");
        }

        if (section.Find("folder") is { } folder && to is not (null or AuditPlace.File))
        {
            errors.Add(folder, "audit.folder is for files alone; remove it, or set audit.to to file.");
        }

        string container = section.Text("container") ?? AuditSettings.DefaultFolder;
        if (section.Find("container") is { } named)
        {
            Check(named, container, to, errors);
        }

        return new AuditSettings(
            to ?? AuditPlace.Nowhere,
            section.Text("folder") ?? AuditSettings.DefaultFolder,
            section.Word("on-failure", Failures) ?? false,
            section.Word("content", Contents) ?? false)
        {
            Container = container,
        };
    }

    /// <summary>Why nothing can be written there, as things are set here; null where it may be.</summary>
    private static string? Problem(AuditPlace? to, ConfigurationEnvironment environment) => to switch
    {
        AuditPlace.File when !environment.KeepsFiles => AuditAdvice.FilesGo,
        AuditPlace.Blob when !environment.Names.Contains("Blobs:Uri") => AuditAdvice.NoAccount,
        AuditPlace.Otlp when !environment.Names.Contains("OTEL_EXPORTER_OTLP_ENDPOINT")
            && !environment.Names.Contains("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT") => AuditAdvice.NoReceiver,
        _ => null,
    };

    /// <seealso href="https://learn.microsoft.com/azure/storage/blobs/storage-blobs-introduction#containers"/>
    private static void Check(YamlNode node, string container, AuditPlace? to, ConfigurationErrors errors)
    {
        if (to is not (null or AuditPlace.Blob))
        {
            errors.Add(node, "audit.container is for blobs alone; remove it, or set audit.to to blob.");
        }
        else if (!ContainerName().IsMatch(container))
        {
            errors.Add(
                node,
                "audit.container is no container's name: 3 to 63 of a-z, 0-9 and single hyphens between them.");
        }
    }

    [GeneratedRegex("^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex ContainerName();
}
