using ModelContextProtocol.Protocol;

namespace Lightport.Mcp.Lists;

/// <summary>
/// Whether what a server says has all that the protocol wants of it: the package reads a <c>null</c> for a text, and a
/// client that is told it on may take nothing of the whole list, other servers' included.
/// </summary>
internal static class EntryForm
{
    public static bool IsWhole(Resource said) => said.Name is not null;

    public static bool IsWhole(ResourceTemplate said) => said.Name is not null;

    public static bool IsWhole(Prompt said) =>
        said.Arguments is not { } arguments || arguments.All(argument => argument?.Name is not null);

    public static bool IsWhole(ReadResourceResult said) => said.Contents is { } contents && contents.All(IsWhole);

    public static bool IsWhole(GetPromptResult said) =>
        said.Messages is { } messages && messages.All(message => message?.Content is { } block && IsWhole(block));

    public static bool IsWhole(CompleteResult said) =>
        said.Completion?.Values is { } values && values.All(value => value is not null);

    private static bool IsWhole(ResourceContents? said) =>
        said?.Uri is not null && said is not TextResourceContents { Text: null };

    private static bool IsWhole(ContentBlock said) => said switch
    {
        TextContentBlock text => text.Text is not null,
        EmbeddedResourceBlock embedded => IsWhole(embedded.Resource),
        ResourceLinkBlock link => link is { Uri: not null, Name: not null },
        _ => true,
    };
}
