using System.Text.Json;
using Lightport.Configuration;
using Lightport.Conversation;
using Lightport.Mcp;
using Lightport.Mcp.Lists;
using Microsoft.AspNetCore.Http;

namespace Lightport.Management;

/// <summary>Tells what is known of the configured MCP servers, and approves their changed tools; asks none of them.
/// </summary>
internal sealed class McpServersDoor(
    IGatewayConfigurationSource configuration, McpStatus status, ToolApproval approval)
{
    public async ValueTask ReadAsync(ManagementCall call)
    {
        var servers = new List<McpServersAnswer.Server>();
        foreach (McpServer server in configuration.Current.Mcp.Servers)
        {
            servers.Add(Told(await status.OfAsync(server, call.Aborted).ConfigureAwait(false)));
        }

        await call.AnswerAsync(
            new McpServersAnswer(servers), ManagementJsonContext.Readable.McpServersAnswer).ConfigureAwait(false);
    }

    public async ValueTask ApproveAsync(ManagementCall call)
    {
        McpServer server = configuration.Current.Mcp.Find(call.Id) ?? throw new GatewayException(new GatewayError(
            ErrorStage.Request,
            ErrorKind.NotFound,
            StatusCodes.Status404NotFound,
            "The configuration in force has no MCP server of this label.")
        {
            Code = "mcp_server_not_found",
        });
        Dictionary<string, string> marks = Marks(await call.ReadJsonAsync().ConfigureAwait(false));
        IReadOnlyList<string> others =
            await approval.ApproveAsync(server, marks, call.Aborted).ConfigureAwait(false);
        if (others.Count > 0)
        {
            throw new GatewayException(new GatewayError(
                ErrorStage.Request,
                ErrorKind.InvalidRequest,
                StatusCodes.Status409Conflict,
                $"Nothing was approved: {ShortText.Of(string.Join(", ", others))} is not held back, or is something "
                + "else by now than its mark says. Look again.")
            {
                Param = "tools",
                Code = "conflict",
            });
        }

        call.Changed = $"{server.Label}: {string.Join(", ", marks.Keys)}";
        await call.AnswerAsync(
            Told(await status.OfAsync(server, call.Aborted).ConfigureAwait(false)),
            ManagementJsonContext.Readable.Server).ConfigureAwait(false);
    }

    private static Dictionary<string, string> Marks(JsonElement body)
    {
        bool isRead = body.EnumerateObject().Count() == 1
            && body.TryGetProperty("tools", out JsonElement tools)
            && tools.ValueKind == JsonValueKind.Object
            && tools.EnumerateObject().Any()
            && tools.EnumerateObject().All(tool => tool.Value.ValueKind == JsonValueKind.String);
        return isRead
            ? body.GetProperty("tools").EnumerateObject()
                .ToDictionary(tool => tool.Name, tool => tool.Value.GetString()!, StringComparer.Ordinal)
            : throw GatewayException.BadRequest(
                "The body must say which tools are approved, each with the mark that it has in the list: "
                + "{\"tools\": {\"name\": \"mark\"}}.",
                "tools",
                "invalid_field");
    }

    private static McpServersAnswer.Server Told(McpServerStatus status) => new(
        status.Server.Label,
        status.Server.Address?.GetLeftPart(UriPartial.Path),
        status.Server.Program?.Command,
        status.Revision,
        status.IsConnected,
        status.List?.Tools.Where(status.Server.Allows).Select(tool => tool.Name).ToArray(),
        [.. status.HeldBack.Select(Told)],
        status.List?.LeftOut ?? [],
        status.Problem);

    private static McpServersAnswer.HeldTool Told(HeldTool held) => new(
        held.Tool.Name,
        held.Changed,
        held.Mark,
        held.Tool.Title,
        held.Tool.Description,
        held.Tool.IsReadOnly,
        held.Tool.IsIdempotent,
        held.Tool.Parameters,
        held.Before is { } before ? new McpServersAnswer.ApprovedTool(
            before.Title, before.Description, before.IsReadOnly, before.IsIdempotent, before.Parameters) : null);
}
