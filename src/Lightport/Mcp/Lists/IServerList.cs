namespace Lightport.Mcp.Lists;

/// <summary>Something that a server has listed.</summary>
internal interface IServerList
{
    /// <summary>How long it serves, by the server's own word; null where it does not say.</summary>
    TimeSpan? Lifetime { get; }
}
