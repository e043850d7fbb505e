using Microsoft.Extensions.Logging;

namespace Lightport.Mcp;

/// <summary>What is logged of MCP servers; docs/log.md has every event id.</summary>
internal static partial class McpLog
{
    [LoggerMessage(901, LogLevel.Information, "The program of the MCP server {Server} is process {Process}")]
    public static partial void Started(ILogger logger, string server, int process);

    [LoggerMessage(902, LogLevel.Debug, "The program of the MCP server {Server} says: {Line}")]
    public static partial void Said(ILogger logger, string server, string line);

    [LoggerMessage(
        903, LogLevel.Warning, "The MCP server {Server} cannot list its {What}, and those known serve on: {Reason}")]
    public static partial void ServesOn(ILogger logger, string server, string what, string reason);

    [LoggerMessage(
        905,
        LogLevel.Warning,
        "Tools of the MCP server {Server} are held back, as they are not what was approved: {Tools}")]
    public static partial void HeldBack(ILogger logger, string server, string tools);

    [LoggerMessage(906, LogLevel.Warning, "What the MCP server {Server} lists could not be kept or read: {Reason}")]
    public static partial void NotKept(ILogger logger, string server, string reason);

    [LoggerMessage(
        907,
        LogLevel.Warning,
        "The program of the MCP server {Server}, process {Process}, says more than is read of it, and is held up")]
    public static partial void HeldUp(ILogger logger, string server, int process);

    [LoggerMessage(
        908, LogLevel.Warning, "The program of the MCP server {Server}, process {Process}, was ended: {Reason}")]
    public static partial void Ended(ILogger logger, string server, int process, string reason);

    [LoggerMessage(904, LogLevel.Warning, "Of the MCP server {Server} {What} are left out: {Names}")]
    public static partial void LeftOut(ILogger logger, string server, string what, string names);
}
