using Lightport.Conversation;

namespace Lightport.Configuration;

/// <summary>Where the configuration comes from: a file, built-in defaults, a table.</summary>
public interface IGatewayConfigurationSource
{
    /// <summary>The version in force; null until one could be read. Read once a request, so that a change never splits
    /// one.</summary>
    GatewayConfiguration? InForce { get; }

    /// <summary>Why a newer version is not in force, or not all of it; null while the newest is.</summary>
    string? LastError { get; }

    /// <summary>Looks now whether there is another version, and puts it in force.</summary>
    ValueTask RefreshAsync(CancellationToken cancellationToken);

    /// <summary>The version in force.</summary>
    /// <exception cref="GatewayException">A 503: none could be read yet.</exception>
    GatewayConfiguration Current => InForce ?? throw new GatewayException(new GatewayError(
        ErrorStage.Routing,
        ErrorKind.Overloaded,
        503,
        "The gateway has no configuration yet: it cannot be read, or is not valid. Try again in a few seconds; "
        + "its log and GET /manage/health say why.")
    {
        Code = "configuration_unavailable",
        Headers = [new("Retry-After", "5")],
    });
}
