using Lightport.Configuration.Yaml;
using Lightport.Conversation;

namespace Lightport.Configuration.Reading;

/// <summary>
/// Reads which calls somebody must approve: <c>always</c>, <c>never</c>, or
/// <c>{ always: [delete_file], never: [read_file] }</c>.
/// </summary>
internal static class McpApprovalReader
{
    private const string Key = "approval";

    private static readonly SectionKeys Keys = new("always", "never");

    /// <summary>Null where nothing is said, or something is wrong.</summary>
    public static McpApproval? Read(Section server)
    {
        string path = $"{server.Path}.{Key}";
        switch (server.Find(Key))
        {
            case null:
                return null;
            case ScalarNode { Value: "always" }:
                return McpApproval.Always;
            case ScalarNode { Value: "never" }:
                return McpApproval.Never;
            case MappingNode lists when Section.Read(lists, path, Keys, server.Errors) is { } section:
                // What is in neither list is asked about, unless only those are listed that must be.
                return new McpApproval(section.Find("never") is not null)
                {
                    AlwaysFor = IssuerReader.Texts(section, "always"),
                    NeverFor = IssuerReader.Texts(section, "never"),
                };
            case var other:
                server.Errors.Add(other, $"{path} must be always, never, or lists of tools, as in "
                    + "{ always: [delete_file] }.");
                return null;
        }
    }
}
