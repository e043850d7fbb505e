namespace Lightport.Limits.Rules;

/// <summary>What happens where a limit is reached.</summary>
internal enum LimitEffect
{
    /// <summary>The request is refused, or the target passed over.</summary>
    Refuse,

    /// <summary>The request goes another, cheaper way.</summary>
    Route,

    /// <summary>Whoever runs the gateway is told, and that is all.</summary>
    Alert,
}
