using Lightport.Conversation;

namespace Lightport.Exchanges.Stages;

/// <summary>The client of an answer, as far as it can be told something between two sources.</summary>
public interface IAnswerListener
{
    /// <summary>Tells a part that no source brought; one that is streamed goes out at once.</summary>
    /// <exception cref="GatewayException">The client's dialect cannot say it.</exception>
    ValueTask TellAsync(ContentPart part, CancellationToken cancellationToken);

    /// <summary>What it is told goes out at once; else at the answer's end.</summary>
    bool IsStreamed { get; }

    /// <summary>Tells how a run of a tool stands, as far as the client's dialect can.</summary>
    ValueTask TellAsync(RunReport run, CancellationToken cancellationToken);
}
