namespace Lightport.Conversation;

/// <summary>Where on the journey a request failed.</summary>
public enum ErrorStage
{
    Admission,
    Request,
    Routing,
    Secret,
    Encode,
    Connect,
    FirstByte,
    Upstream,
    Decode,
    Stream,
}
