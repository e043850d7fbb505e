using System.Net;

namespace Lightport.Mcp.Connections;

/// <summary>A server does not know the session that it was asked in, so it has not worked on what was asked.</summary>
internal sealed class SessionOverException()
    : HttpRequestException("The session is over.", null, HttpStatusCode.NotFound);
