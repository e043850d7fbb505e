using Lightport.Admission.Identity;

namespace Lightport.Admission;

/// <summary>Who may call, as of one version of the configuration.</summary>
/// <param name="Mode">Who may call.</param>
/// <param name="Keys">The client keys; looked at in <see cref="AdmissionMode.Keys"/> only.</param>
public sealed record AdmissionSettings(AdmissionMode Mode, ClientKeys Keys)
{
    /// <summary>The mode was written down, and does not merely follow from there being keys or none.</summary>
    public bool IsModeWritten { get; init; }

    /// <summary>Whose tokens are taken beside keys; null for nobody's.</summary>
    internal IdentitySettings? Identity { get; init; }

    /// <summary>Tokens of issuers are taken beside keys.</summary>
    public bool TakesTokens => Identity is not null;

    /// <summary>Whether the admin key opens the management doors, and not identities alone.</summary>
    internal bool TakesAdminKey { get; init; } = true;

    /// <summary>The web pages that may call.</summary>
    public CorsSettings Cors { get; init; } = CorsSettings.Off;

    /// <summary>
    /// Null where these may take the place of others while the gateway runs, else why not: half a file that lost its
    /// keys reads as one that asks for none.
    /// </summary>
    public string? RefusalAfter(AdmissionSettings inForce) =>
        Mode == AdmissionMode.Open && !IsModeWritten && inForce.Mode != AdmissionMode.Open
            ? "keys are asked for until now, and this has neither keys nor a word on admission; write "
                + "'admission: { mode: open }' if that is meant."
            : null;
}
