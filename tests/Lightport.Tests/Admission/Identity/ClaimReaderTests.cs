using Lightport.Admission;
using Lightport.Admission.Identity;

namespace Lightport.Tests.Admission.Identity;

/// <summary>What claims become, as the configuration maps them.</summary>
public sealed class ClaimReaderTests
{
    [Fact]
    public async Task Group_GivesModelsAndTags()
    {
        var identities = new TestIdentities();
        Caller caller = await identities.CallerAsync(identities.Token());

        Assert.Equal(["fast"], caller.Models.Globs);
        Assert.Equal("1", caller.Tags["tier"]);
        Assert.Null(caller.PresentedKey);
    }

    [Fact]
    public async Task SeveralGroups_MayWhatAnyMay_AndTheFirstTagCounts()
    {
        var identities = new TestIdentities("""
            groups:
              map:
                gold: { models: [best], tags: { tier: gold }, limits: { concurrent: 9 } }
                staff: { models: [fast], tags: { tier: staff, team: house }, limits: { concurrent: 2 } }
            tags: { team: department, country: ctry }
            """);
        Caller caller = await identities.CallerAsync(
            Sign(identities, "\"groups\":[\"staff\",\"gold\",\"other\"],\"department\":\"sales\",\"ctry\":\"DE\""));

        Assert.Equal(["best", "fast"], caller.Models.Globs);
        Assert.Equal(9, caller.Limits!.Concurrent);
        Assert.Equal(
            ["country=DE", "team=house", "tier=gold"], caller.Tags.Select(tag => $"{tag.Key}={tag.Value}").Order());
    }

    [Fact]
    public async Task InNoGroup_MayNothing_UnlessThereIsADefault()
    {
        var strict = new TestIdentities("groups: { map: { gold: {} } }");
        Assert.Null((await strict.AskAsync(strict.Token())).Identity!.Caller);

        var open = new TestIdentities("default: { models: [small] }\ngroups: { map: { gold: {} } }");
        Assert.Equal(["small"], (await open.CallerAsync(open.Token())).Models.Globs);
    }

    [Theory]
    [InlineData("groups: { claim: roles, map: { x: {} } }", "\"roles\":[\"x\"]")]
    [InlineData("groups: { claim: roles, map: { x: {} } }", "\"roles\":\"x\"")]
    [InlineData("groups: { claim: scp, map: { x: {} } }", "\"scp\":\"w x\"")]
    [InlineData("groups: { claim: realm_access.roles, map: { x: {} } }", "\"realm_access\":{\"roles\":[\"x\"]}")]
    [InlineData("groups: { claim: 'https://a.b/groups', map: { x: {} } }", "\"https://a.b/groups\":[\"x\"]")]
    [InlineData("groups: { claim: [roles, sub], map: { s-1: {} } }", "\"roles\":[]")]
    [InlineData("groups: { claim: level, map: { \"7\": {} } }", "\"level\":7")]
    public async Task Group_StandsInWhateverClaim(string more, string claims)
    {
        var identities = new TestIdentities(more);

        Assert.True((await identities.CallerAsync(Sign(identities, claims))).Models.AllowsEvery);
    }

    [Theory]
    [InlineData("\"_claim_names\":{\"groups\":\"src1\"},\"_claim_sources\":{\"src1\":{\"endpoint\":\"https://x\"}}")]
    [InlineData("\"hasgroups\":true")]
    public async Task GroupsThatAreTooMany_AreRefusedWithWhatToSet(string claims)
    {
        var identities = new TestIdentities("default: {}\ngroups: { map: { staff: {} } }");

        await identities.RefusesAsync(Sign(identities, claims), "assigned to the application");
    }

    [Theory]
    [InlineData("\"preferred_username\":\"jane@contoso.com\"", "jane@contoso.com")]
    [InlineData("\"preferred_username\":\"team-a\"", "team-a@login.contoso.com")]
    [InlineData("\"x\":1", "s-1@login.contoso.com")]
    [InlineData("\"preferred_username\":\"a\\nb@c\"", "a?b@c")]
    public async Task Name_IsPlain_AndNeverThatOfAKey(string claims, string name)
    {
        var identities = new TestIdentities("default: {}");

        Assert.Equal(name, (await identities.CallerAsync(Sign(identities, claims))).Name);
    }

    [Fact]
    public async Task KeyId_IsTheSubjectsAtItsIssuer_WhateverTheToken()
    {
        var identities = new TestIdentities("subject: oid\ndefault: {}");
        string[] ids =
        [
            (await identities.CallerAsync(Sign(identities, "\"oid\":\"o-1\",\"n\":1"))).KeyId!,
            (await identities.CallerAsync(Sign(identities, "\"oid\":\"o-1\",\"n\":2"))).KeyId!,
            (await identities.CallerAsync(Sign(identities, "\"oid\":\"o-2\",\"n\":1"))).KeyId!,
        ];

        Assert.Equal(ids[0], ids[1]);
        Assert.NotEqual(ids[0], ids[2]);
        Assert.Equal(KeyHash.Of($"{TestIssuer.Name}\no-1").Id, ids[0]);
    }

    [Fact]
    public async Task Admins_MayWhatTheirGroupsMay()
    {
        var identities = new TestIdentities("""
            admins: { watch: [read], desk: [keys], lead: [configuration] }
            """);

        Assert.Equal(AdminRoles.None, await RolesAsync("\"groups\":[\"staff\"]"));
        Assert.Equal(AdminRoles.Read, await RolesAsync("\"groups\":[\"watch\"]"));
        Assert.Equal(AdminRoles.All, await RolesAsync("\"groups\":[\"desk\",\"lead\"]"));

        async Task<AdminRoles> RolesAsync(string claims)
        {
            IdentityResult result = await identities.AskAsync(Sign(identities, claims));
            Assert.Null(result.Identity!.Caller);
            return result.Identity.Roles;
        }
    }

    private static string Sign(TestIdentities identities, string claims) => TestIssuer.First.Sign(
        $$"""{"iss":"{{TestIssuer.Name}}","aud":["x","{{TestIssuer.Audience}}"],"sub":"s-1","exp":999,{{claims}}}""");
}
