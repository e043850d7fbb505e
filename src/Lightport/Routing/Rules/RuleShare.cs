namespace Lightport.Routing.Rules;

/// <summary>
/// A part of all sessions, always the same: which side a session is on follows from its affinity, on every instance and
/// without anything to remember. A larger share takes the smaller one's sessions in.
/// </summary>
/// <param name="Part">From 0 to 1.</param>
/// <param name="Salt">Makes the parts of two rules independent of each other.</param>
internal readonly record struct RuleShare(double Part, ulong Salt)
{
    /// <summary>As many steps as a double tells apart.</summary>
    private const double Steps = 1UL << 53;

    /// <param name="name">The rule's: whoever changes it deals the sessions anew.</param>
    public static RuleShare Of(double part, string name)
    {
        // FNV-1a: the same in every process, which the framework's own hash is not.
        ulong salt = 14_695_981_039_346_656_037;
        foreach (char letter in name)
        {
            salt = (salt ^ letter) * 1_099_511_628_211;
        }

        return new RuleShare(part, salt);
    }

    public bool Has(ulong affinity)
    {
        // SplitMix64's last step: every bit of the sum decides over every bit of the place.
        ulong place = affinity + Salt;
        place = (place ^ (place >> 30)) * 0xBF58_476D_1CE4_E5B9;
        place = (place ^ (place >> 27)) * 0x94D0_49BB_1331_11EB;
        place ^= place >> 31;
        return (place >> 11) / Steps < Part;
    }
}
