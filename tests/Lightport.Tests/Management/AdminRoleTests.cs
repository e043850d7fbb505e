using System.Text.Json.Nodes;
using Lightport.Audit;
using Lightport.Management;
using Lightport.Tests.Admission.Identity;
using Lightport.Tests.Exchanges;
using Lightport.Transport;

namespace Lightport.Tests.Management;

/// <summary>Who may do what at the management doors by their groups.</summary>
public sealed class AdminRoleTests : IDisposable
{
    private const string Identity = $$"""
        identity:
          issuers:
            - issuer: "{{TestIssuer.Name}}"
              audience: "{{TestIssuer.Audience}}"
              admins: { watch: [read], desk: [keys], lead: [configuration] }

        """;

    private readonly ManagedGateway _gateway = new(document: Identity);

    public AdminRoleTests()
    {
        var issuer = new TestIssuer();
        for (int i = 0; i < 2; i++)
        {
            _gateway.Upstream.Answer(token => issuer.AnswerAsync(_gateway.Upstream.Last.Address, token));
        }
    }

    [Theory]
    [InlineData("watch", "")]
    [InlineData("desk", "ManageKeyChange ManageKeyCreate ManageKeyRemove ManageKeyRotate")]
    [InlineData("lead", "ManageConfigApply ManageConfigRollback ManageMcpApprove")]
    public async Task Role_OpensItsDoors_AndEveryoneSees(string group, string doors)
    {
        string token = Token(group);
        var opened = new List<string>();
        foreach (GatewayEndpoint door in ManagementEndpoints.All)
        {
            ClientCall call = await _gateway.SendAsync(door, "[]", id: "0123456789abcdef", key: token);
            bool isShut = call.Status == 403;
            Assert.Equal(isShut ? "role_missing" : null, isShut ? call.Error("code") : null);
            bool changes = door.Method != "GET" && door != ManagementEndpoints.Explain;
            Assert.True(changes || !isShut, door.Name);
            if (changes && !isShut)
            {
                opened.Add(door.Name);
            }
        }

        Assert.Equal(doors.Split(' ', StringSplitOptions.RemoveEmptyEntries), opened.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task WhoeverIsRefusedForARole_StandsInTheAudit()
    {
        string folder = Path.Combine(_gateway.Folder.FullName, "audit");
        using var gateway = new ManagedGateway(document: Identity + $"audit: {{ to: file, folder: {folder} }}\n");
        var issuer = new TestIssuer();
        for (int i = 0; i < 2; i++)
        {
            gateway.Upstream.Answer(token => issuer.AnswerAsync(gateway.Upstream.Last.Address, token));
        }

        var audit = gateway.Service<AuditStream>();
        await audit.StartAsync(CancellationToken.None);
        ClientCall call = await gateway.SendAsync(ManagementEndpoints.KeyCreate, "{}", key: Token("watch"));
        await audit.StoppedAsync(CancellationToken.None);

        Assert.Equal(403, call.Status);
        string line = File.ReadLines(Path.Combine(folder, "audit-00000001.jsonl")).ElementAt(1);
        Assert.Matches("\"who\":\"[^\"]+\",\"decision\":\"refused\",\"by\":\"role_missing\"", line);
    }

    [Fact]
    public async Task MissingRole_IsNamed()
    {
        ClientCall call = await _gateway.SendAsync(ManagementEndpoints.KeyCreate, "{}", key: Token("watch"));
        Assert.Contains("'keys'", call.Error("message"), StringComparison.Ordinal);

        call = await _gateway.SendAsync(ManagementEndpoints.ConfigApply, "{}", key: Token("desk"));
        Assert.Contains("'configuration'", call.Error("message"), StringComparison.Ordinal);

        call = await _gateway.SendAsync(ManagementEndpoints.Health, key: Token("staff"));
        Assert.Equal(403, call.Status);
        Assert.Contains("'read'", call.Error("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TokenThatIsNotGood_IsTheSame401AsAWrongKey()
    {
        string wrong = (await _gateway.SendAsync(ManagementEndpoints.Keys, key: "wrong")).Text;
        ClientCall call = await _gateway.SendAsync(ManagementEndpoints.Keys, key: Token("lead")[..^4] + "AAAA");

        Assert.Equal((401, wrong), (call.Status, call.Text));
    }

    [Fact]
    public async Task WhoApplied_IsWhoTheirIssuerSaysTheyAre_WhateverTheySay()
    {
        _gateway.Clock.Advance(TimeSpan.FromMilliseconds(1));
        ClientCall call = await _gateway.SendAsync(
            ManagementEndpoints.ConfigApply,
            Identity + "models: { a: echo/x }",
            key: Token("lead"),
            headers: ("x-lightport-author", "somebody-else"));
        Assert.Equal(200, call.Status);

        JsonObject versions = (await _gateway.SendAsync(ManagementEndpoints.Versions, key: Token("watch"))).Json;
        Assert.Equal("jane@contoso.com", (string)versions["versions"]![0]!["author"]!);
        Assert.Contains(_gateway.Log.Lines, line => line.EventId == 301
            && line.Text.Contains("by jane@contoso.com: 200", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AdminKeyThatIsOff_OpensNothing_UntilItIsOnAgain()
    {
        string off = Identity + "management: { admin-key: off }";
        Assert.Equal(200, (await _gateway.SendAsync(ManagementEndpoints.ConfigApply, off)).Status);

        Assert.Equal(401, (await _gateway.SendAsync(ManagementEndpoints.Health)).Status);
        _gateway.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(
            200, (await _gateway.SendAsync(ManagementEndpoints.ConfigApply, Identity, key: Token("lead"))).Status);
        Assert.Equal(200, (await _gateway.SendAsync(ManagementEndpoints.Health)).Status);
    }

    [Fact]
    public async Task Health_TellsWhyAnIssuersKeysCannotBeHad()
    {
        _gateway.Upstream.Forget();
        _gateway.Upstream.Fail(UpstreamFailure.Connect);
        string issuers = await IssuersAsync();
        Assert.Equal($$"""[{"issuer":"{{TestIssuer.Name}}","keys":"ok"}]""", issuers);

        Assert.Equal(503, (await _gateway.SendAsync(ManagementEndpoints.Keys, key: Token("watch"))).Status);
        Assert.Contains("no such road", await IssuersAsync(), StringComparison.Ordinal);

        async Task<string> IssuersAsync() =>
            (await _gateway.SendAsync(ManagementEndpoints.Health)).Json["issuers"]!.ToJsonString();
    }

    [Fact]
    public async Task AdminsToken_OpensNoClientDoor() =>
        Assert.Equal(401, (await _gateway.ChatAsync(Token("lead"))).Status);

    public void Dispose() => _gateway.Dispose();

    private string Token(string group) => TestIssuer.First.Sign(TestIssuer.Claims(_gateway.Clock.GetUtcNow())
        .Replace("staff", group, StringComparison.Ordinal));
}
