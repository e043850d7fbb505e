namespace Lightport.Mcp.Connections;

/// <summary>A server says more than is taken of it.</summary>
internal sealed class AnswerTooLargeException(int most)
    : Exception($"It answered more than {most / 1024 / 1024} MiB.");
