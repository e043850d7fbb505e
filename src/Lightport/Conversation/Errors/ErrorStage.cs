namespace Lightport.Conversation;

/// <summary>Where on the journey a request failed.</summary>
public enum ErrorStage
{
    Admission,
    Request,
    Routing,

    /// <summary>A limit of the gateway's own.</summary>
    Limits,
    Secret,
    Encode,
    Connect,
    FirstByte,
    Upstream,
    Decode,
    Stream,
}
