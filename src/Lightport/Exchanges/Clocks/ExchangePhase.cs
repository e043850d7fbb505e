namespace Lightport.Exchanges;

/// <summary>Whose time it is that a request takes just now.</summary>
internal enum ExchangePhase
{
    /// <summary>The gateway's own.</summary>
    Gateway,

    /// <summary>A provider is waited for.</summary>
    Provider,

    /// <summary>An attempt has failed and another has not begun.</summary>
    Pause,
}
