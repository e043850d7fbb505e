using System.Text;
using Lightport.Conversation;
using Lightport.Mcp;
using ModelContextProtocol.Protocol;

namespace Lightport.McpDoor;

/// <summary>What a server's tool gave, told on to a client in the protocol's words.</summary>
internal static class ServerResults
{
    private const string AnyBytes = "application/octet-stream";

    public static CallToolResult Of(McpOutcome outcome) => new()
    {
        Content = [.. outcome.Parts.Select(Block)],
        IsError = outcome.IsError ? true : null,
    };

    private static ContentBlock Block(ContentPart part) => part switch
    {
        TextPart text => new TextContentBlock { Text = text.Text },
        ImagePart { Source: { Base64: { } data } source } =>
            new ImageContentBlock { Data = Ascii(data), MimeType = source.MediaType ?? AnyBytes },
        AudioPart { Source: { Base64: { } data } source } =>
            new AudioContentBlock { Data = Ascii(data), MimeType = source.MediaType ?? AnyBytes },
        FilePart { Source: { Base64: { } data } source } file => new EmbeddedResourceBlock
        {
            Resource = new BlobResourceContents
            {
                Uri = $"file:///{Uri.EscapeDataString(file.Filename ?? "file")}",
                Blob = Ascii(data),
                MimeType = source.MediaType ?? AnyBytes,
            },
        },
        _ => new TextContentBlock { Text = "[A part of the result that cannot be told here was left out.]" },
    };

    private static ReadOnlyMemory<byte> Ascii(string base64) => Encoding.ASCII.GetBytes(base64);
}
