using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Lightport.Conversation;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Lightport.Mcp.Results;

/// <summary>Makes of a tool's result what a model may see of it.</summary>
internal static class ResultReader
{
    private static readonly JsonTypeInfo<CallToolResult> Form =
        (JsonTypeInfo<CallToolResult>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(CallToolResult));

    /// <exception cref="JsonException">It is no result.</exception>
    public static McpOutcome Read(JsonNode? said)
    {
        CallToolResult result = said.Deserialize(Form) ?? throw new JsonException("There is no result.");
        var parts = new ResultParts();
        bool hasText = false;
        foreach (ContentBlock block in result.Content)
        {
            hasText |= block is TextContentBlock;
            Add(parts, block);
        }

        // The protocol wants it told as text too; where it is, the model need not read it twice.
        if (!hasText && result.StructuredContent is { } structured)
        {
            parts.AddText(structured.GetRawText());
        }

        bool isError = result.IsError == true;
        return new McpOutcome(parts.Done()) { IsError = isError, Failure = isError ? McpOutcome.ToolError : null };
    }

    private static void Add(ResultParts parts, ContentBlock block)
    {
        switch (block)
        {
            case TextContentBlock text:
                parts.AddText(text.Text);
                break;
            case ImageContentBlock image:
                parts.AddMedia(image.Data, image.MimeType);
                break;
            case AudioContentBlock audio:
                parts.AddMedia(audio.Data, audio.MimeType);
                break;
            case EmbeddedResourceBlock { Resource: TextResourceContents text }:
                parts.AddText($"{text.Uri}:\n{text.Text}");
                break;
            case EmbeddedResourceBlock { Resource: BlobResourceContents blob }:
                parts.AddMedia(blob.Blob, blob.MimeType ?? "application/octet-stream", blob.Uri);
                break;
            case ResourceLinkBlock link:
                parts.AddText(Link(link));
                break;
            default:
                parts.AddText($"[Content of type '{ShortText.Of(block.Type)}' was left out.]");
                break;
        }
    }

    private static string Link(ResourceLinkBlock link)
    {
        string about = link.Description is { Length: > 0 } description ? $": {description}" : "";
        return $"[Resource {link.Title ?? link.Name} at {link.Uri}{about}]";
    }
}
