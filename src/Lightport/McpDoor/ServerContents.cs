using Lightport.Mcp;
using ModelContextProtocol.Protocol;

namespace Lightport.McpDoor;

/// <summary>What a server says of its resources, told on with the addresses that clients know them by.</summary>
internal static class ServerContents
{
    public static ResourceContents Of(McpServer server, ResourceContents content) => content switch
    {
        TextResourceContents text => new TextResourceContents
        {
            Uri = ServerAddress.Of(server, text.Uri),
            MimeType = text.MimeType,
            Text = text.Text,
        },
        BlobResourceContents blob => new BlobResourceContents
        {
            Uri = ServerAddress.Of(server, blob.Uri),
            MimeType = blob.MimeType,
            Blob = blob.Blob,
        },
        var other => new TextResourceContents
        {
            Uri = ServerAddress.Of(server, other.Uri),
            MimeType = "text/plain",
            Text = "[Content of a kind that cannot be told here was left out.]",
        },
    };

    /// <summary>A block of a prompt's message.</summary>
    public static ContentBlock Of(McpServer server, ContentBlock block) => block switch
    {
        EmbeddedResourceBlock embedded => new EmbeddedResourceBlock
        {
            Resource = Of(server, embedded.Resource),
            Annotations = embedded.Annotations,
        },
        ResourceLinkBlock link => new ResourceLinkBlock
        {
            Uri = ServerAddress.Of(server, link.Uri),
            Name = link.Name,
            Title = link.Title,
            Description = link.Description,
            MimeType = link.MimeType,
            Size = link.Size,
            Annotations = link.Annotations,
        },
        _ => block,
    };
}
